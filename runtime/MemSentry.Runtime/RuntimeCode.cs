namespace MemSentry;

/// <summary>
/// Every failure that the runtime reports, by the number in its message (<c>MS7001</c> …). A number is never reused and never
/// changes its meaning. 70xx: this process cannot be protected; 71xx: an access was blocked; 72xx: a safe region cannot do what was asked.
/// </summary>
public enum RuntimeCode
{
    /// <summary>The operating system is not Linux.</summary>
    /// <remarks>
    /// <para>The checks rely on a range of addresses that is reserved with the means of Linux.</para>
    /// <para>Run on x86-64 Linux with the GNU C library. A container or WSL 2 will do.</para>
    /// </remarks>
    OperatingSystemNotSupported = 7001,

    /// <summary>The process does not run as x86-64 code.</summary>
    /// <remarks>
    /// <para>The checks rely on the address space of x86-64.</para>
    /// <para>Run the x64 build of .NET on an x86-64 machine.</para>
    /// </remarks>
    ProcessorNotSupported = 7002,

    /// <summary>The process runs on musl, not on the GNU C library.</summary>
    /// <remarks>
    /// <para>The image is based on Alpine, or on another system with musl.</para>
    /// <para>Use an image with the GNU C library.</para>
    /// </remarks>
    MuslNotSupported = 7003,

    /// <summary>Pages are not 4096 bytes large.</summary>
    /// <remarks>
    /// <para>The kernel was built for other pages.</para>
    /// <para>Run on another kernel.</para>
    /// </remarks>
    PageSizeNotSupported = 7004,

    /// <summary>The processor ignores address bits that the checks look at (linear-address masking is on).</summary>
    /// <remarks>
    /// <para>The process was started with ARCH_ENABLE_TAGGED_ADDR. An address with a tag would pass every check.</para>
    /// <para>Start it without.</para>
    /// </remarks>
    LinearAddressMaskingOn = 7005,

    /// <summary>The limit on address space (<c>ulimit -v</c>) is too small for the reservations.</summary>
    /// <remarks>
    /// <para>Safe regions reserve 8 TiB of addresses; no memory.</para>
    /// <para>Start with <c>ulimit -v unlimited</c> (systemd: <c>LimitAS=infinity</c>).</para>
    /// </remarks>
    AddressSpaceLimited = 7006,

    /// <summary>Something else lies in the address range of the safe regions.</summary>
    /// <remarks>
    /// <para>A library that was loaded earlier maps memory at a fixed address there; the message says what lies there.</para>
    /// <para>Start the library later, or move it.</para>
    /// </remarks>
    AddressRangeTaken = 7007,

    /// <summary>The kernel refused the reservation for another reason.</summary>
    /// <remarks>
    /// <para>The message has the kernel's error, and what it means.</para>
    /// <para>Follow the remedy in the message.</para>
    /// </remarks>
    ReservationRefused = 7008,

    /// <summary>An assembly was woven for another address-space layout than this runtime's.</summary>
    /// <remarks>
    /// <para>MemSentry.Runtime.dll is older or newer than the weaver.</para>
    /// <para>Build again with the weaver of the runtime's version.</para>
    /// </remarks>
    LayoutVersionDiffers = 7009,

    /// <summary>Another copy of the runtime, with another layout, has reserved the range.</summary>
    /// <remarks>
    /// <para>Two versions of MemSentry.Runtime are in one process, in different load contexts.</para>
    /// <para>Load the same version everywhere.</para>
    /// </remarks>
    OtherRuntimeDiffers = 7010,

    /// <summary>A region was asked for, but no woven assembly has started.</summary>
    /// <remarks>
    /// <para>The package MemSentry.Runtime is there and the weave is not, so nothing would protect the region.</para>
    /// <para>Reference MemSentry.Fody, or weave with <c>memsentry-weave</c>.</para>
    /// </remarks>
    NothingWoven = 7011,

    /// <summary><c>MemSentryFallback</c> has a value that does not exist.</summary>
    /// <remarks>
    /// <para>A typing mistake in <c>MEMSENTRY_FALLBACK</c> or in the project.</para>
    /// <para>Say <c>refuse</c>, <c>mprotect</c>, <c>crypt</c> or <c>unprotected</c>.</para>
    /// </remarks>
    FallbackUnknown = 7012,

    /// <summary>An assembly was woven with the method <c>sfi</c>, and memory of this process lies where masked addresses cannot reach it.</summary>
    /// <remarks>
    /// <para>The stack is unlimited, the program is not position-independent, or a library asks for low addresses; the message says which.</para>
    /// <para>Start after <c>ulimit -s 8192</c>, find the library, or weave with <c>ProtMethod=mpx</c>.</para>
    /// </remarks>
    MemoryBelowMask = 7014,

    /// <summary>Something else lies where the method <c>sfi</c> leads null pointers.</summary>
    /// <remarks>
    /// <para>A library maps memory at a fixed address there.</para>
    /// <para>Find the library, or weave with <c>ProtMethod=mpx</c>.</para>
    /// </remarks>
    NullRangeTaken = 7015,

    /// <summary>The handler of faults, without which the method <c>sfi</c> cannot run, could not be installed.</summary>
    /// <remarks>
    /// <para>Iced.dll is not beside the runtime, another library keeps replacing the handler, or the kernel refused; the message says which.</para>
    /// <para>Deliver Iced.dll, find the library, or weave with <c>ProtMethod=mpx</c>.</para>
    /// </remarks>
    FaultHandlerRefused = 7016,

    /// <summary>Assemblies in one process were woven with methods that do not go together.</summary>
    /// <remarks>
    /// <para>The whitelisted members of one open the regions, as <c>mprotect</c> and <c>crypt</c> want it, and those of the other do not, as <c>mpx</c>, <c>sfi</c> and <c>none</c> want it; or both say different things about the method of one domain.</para>
    /// <para>Weave all assemblies of the process with <c>mprotect</c> or <c>crypt</c>, or none, and with the same <c>DomainMethods</c> for domains that they share.</para>
    /// </remarks>
    MethodsConflict = 7017,

    /// <summary>A woven assembly asks for a protection method that this MemSentry.Runtime does not have.</summary>
    /// <remarks>
    /// <para>It was woven by a newer weaver, or its settings were damaged or edited. What the method would need is not known, so the assembly does not run, with any fallback.</para>
    /// <para>Deliver the MemSentry.Runtime of the weaver's version, or weave with a method of this one.</para>
    /// </remarks>
    MethodUnknown = 7018,

    /// <summary>The processor lacks instructions that the method <c>crypt</c> is made of, or what assembles them is missing.</summary>
    /// <remarks>
    /// <para>AES-NI, PCLMULQDQ, AVX or RDRAND is missing, or switched off for this process, or Iced.dll is not beside the runtime; the message says which.</para>
    /// <para>Run on another machine, deliver Iced.dll, or use <c>mpx</c> or <c>sfi</c>.</para>
    /// </remarks>
    CryptNotSupported = 7020,

    /// <summary>The machine has no protection keys, or its system has not switched them on.</summary>
    /// <remarks>
    /// <para>The method <c>mpk</c> needs the processor's PKU and a kernel that uses it (<c>pku</c> and <c>ospke</c> in /proc/cpuinfo). Virtual machines often hide it. Or Iced.dll, which assembles its code, is not beside the runtime.</para>
    /// <para>Run where it is, or use another method; the message says which would work.</para>
    /// </remarks>
    ProtectionKeysMissing = 7021,

    /// <summary>The kernel loses track of protection keys in threads and signals.</summary>
    /// <remarks>
    /// <para>Linux older than 5.13 keeps a thread's key register wrongly at times; 5.10.103 and 5.4.182 have the repair.</para>
    /// <para>Run a newer kernel, or use another method.</para>
    /// </remarks>
    KernelLosesKeys = 7022,

    /// <summary>Threads that .NET starts by itself cannot be made to start with the domains of the method <c>mpk</c> closed.</summary>
    /// <remarks>
    /// <para>A thread inherits the rights of the one that starts it, so the calls of <c>pthread_create</c> in .NET's libraries go through code that closes first. A library has no such call where it is looked for, or the kernel refused to change it; the message says which.</para>
    /// <para>Follow the remedy in the message, or use another method.</para>
    /// </remarks>
    ThreadsStartOpen = 7024,

    /// <summary>A check stopped an access to the block of the safe regions.</summary>
    /// <remarks>
    /// <para>A pointer, index or length that leads into a safe region, in code that is not whitelisted. A <c>SafeRegionViolationException</c>, before the access happens.</para>
    /// <para>Mark the member <c>[SafeRegionAccess]</c> if it may. Otherwise it has a memory-safety bug that an attacker can use: the message says where.</para>
    /// </remarks>
    AccessBlocked = 7100,

    /// <summary>The mask of the method <c>sfi</c> led an access to the block of the safe regions into the reserved alias.</summary>
    /// <remarks>
    /// <para>As MS7100, in code that is woven with <c>sfi</c>. The process ends with this line and the managed stack, by SIGABRT.</para>
    /// <para>Mark the member <c>[SafeRegionAccess]</c> if it may. Otherwise it has a memory-safety bug that an attacker can use: the message says where.</para>
    /// </remarks>
    MaskedAccessBlocked = 7101,

    /// <summary>An access that was neither checked nor masked met a guard, or a page that was closed to it.</summary>
    /// <remarks>
    /// <para>An overflow, a stale pointer or a write to a read-only region, in whitelisted code or in code that is not woven; under <c>mprotect</c>, any access by code that is not whitelisted. The process ends: by SIGABRT after managed code, by SIGSEGV after native code.</para>
    /// <para>Look at the instruction and the stack in the report.</para>
    /// </remarks>
    ClosedPageHit = 7102,

    /// <summary>The mask of the method <c>sfi</c> led an access away from memory that lies too low for it.</summary>
    /// <remarks>
    /// <para>The memory appeared after the start, with MAP_32BIT or an address hint. The process ends by SIGABRT.</para>
    /// <para>Weave that assembly with <c>ProtMethod=mpx</c>, or keep such memory away from it.</para>
    /// </remarks>
    LowMemoryMasked = 7103,

    /// <summary>The body of a whitelisted member was entered without its gate.</summary>
    /// <remarks>
    /// <para>Reflection, a function pointer or an attacker led to the private member that holds the body. The process ends.</para>
    /// <para>Call the member itself. If nobody meant to do otherwise, look for the bug: it is one that an attacker can use.</para>
    /// </remarks>
    WindowNotOpen = 7104,

    /// <summary>The body of a whitelisted member cannot be compiled, so its window must not open.</summary>
    /// <remarks>
    /// <para>The gate of a whitelisted member has its body compiled before it opens, and the bodies that it calls in its window; the JIT could not, mostly because an assembly or a member that
    /// one of them names is missing, or is of another version. The message names member and cause. The process ends.</para>
    /// <para>Put what is missing beside the program. Code that needs what may be missing belongs into a member that is not whitelisted.</para>
    /// </remarks>
    BodyNotCompiled = 7105,

    /// <summary>A region of the method <c>crypt</c> is not as its last close left it.</summary>
    /// <remarks>
    /// <para>Its ciphertext or nonce was overwritten while it was closed, or an older one was put back. The region is cleared and the process ends by SIGABRT.</para>
    /// <para>Look for the bug that wrote there: it is one that an attacker can use.</para>
    /// </remarks>
    CiphertextTampered = 7110,

    /// <summary>The reader count of a region of the method <c>crypt</c> is not the one that was stored, or a window was closed that is not open.</summary>
    /// <remarks>
    /// <para>The header before the region was overwritten, or <c>Close</c> was called once too often. The process ends by SIGABRT.</para>
    /// <para>Pair each <c>Open</c> with one <c>Close</c>; otherwise look for the bug that wrote there.</para>
    /// </remarks>
    CryptHeaderTampered = 7111,

    /// <summary>A region of the method <c>crypt</c> could not be closed.</summary>
    /// <remarks>
    /// <para>The processor gives no random numbers, or the kernel did not keep the tag of the new ciphertext; the message says which. The process ends by SIGABRT.</para>
    /// <para>Follow the remedy in the message.</para>
    /// </remarks>
    CryptRegionNotClosed = 7112,

    /// <summary>The arena has no room (or no free descriptor) for the region.</summary>
    /// <remarks>
    /// <para>Regions are allocated and never disposed, or are very large.</para>
    /// <para>Dispose regions that are no longer needed.</para>
    /// </remarks>
    ArenaFull = 7201,

    /// <summary>The kernel refused to change the rights of a region's pages.</summary>
    /// <remarks>
    /// <para>Limits on locked memory or on mappings; the message has the kernel's error.</para>
    /// <para>Follow the remedy in the message.</para>
    /// </remarks>
    PagesRefused = 7202,

    /// <summary>The handle belongs to no region: it was forged or overwritten.</summary>
    /// <remarks>
    /// <para>An object of class <c>SafeRegion</c> was made by deserialisation or without constructor, or was overwritten.</para>
    /// <para>Allocate regions by <c>SafeRegion.Allocate</c>; otherwise look for the bug that overwrote it.</para>
    /// </remarks>
    HandleNotValid = 7203,

    /// <summary>The region was disposed.</summary>
    /// <remarks>
    /// <para>It was used after <c>Dispose</c>. An <c>ObjectDisposedException</c>.</para>
    /// <para>Allocate another, or dispose later.</para>
    /// </remarks>
    RegionDisposed = 7204,

    /// <summary>The bytes behind a region were overwritten.</summary>
    /// <remarks>
    /// <para>Whitelisted code wrote past the end, or before the start.</para>
    /// <para>Allocate with <c>GuardAtEnd = true</c>, which finds the instruction.</para>
    /// </remarks>
    CanaryBroken = 7205,

    /// <summary>The region shares its pages with others, so it cannot become read-only.</summary>
    /// <remarks>
    /// <para>Rights belong to pages.</para>
    /// <para>Allocate with <c>OwnPages = true</c>.</para>
    /// </remarks>
    RegionSharesPages = 7206,

    /// <summary>The region is too large or too small for the requested view.</summary>
    /// <remarks>
    /// <para>A span has at most 2^31 - 1 elements, and a value needs its whole size.</para>
    /// <para>Use <c>Pointer</c> and <c>Length</c>, or allocate a larger region.</para>
    /// </remarks>
    ViewDoesNotFit = 7207,

    /// <summary>The runtime's own state contradicts itself: something has overwritten it.</summary>
    /// <remarks>
    /// <para>A bug in this process writes to the runtime's memory. Nothing is believed any more.</para>
    /// <para>Look for the bug: it is one that an attacker can use.</para>
    /// </remarks>
    StateTampered = 7208,

    /// <summary>Too many regions end at a guard or are read-only: each costs the process two of its few memory mappings.</summary>
    /// <remarks>
    /// <para>The kernel allows a process some 65,530 mappings.</para>
    /// <para>Dispose some, or put several secrets into one region.</para>
    /// </remarks>
    TooManyMappings = 7209,

    /// <summary>There are as many domains as there can be, or two names cannot be told apart.</summary>
    /// <remarks>
    /// <para>A process can have 15, the default one included.</para>
    /// <para>Put regions that are used together into one domain, or choose another name.</para>
    /// </remarks>
    TooManyDomains = 7210,

    /// <summary>Too many windows are open at once.</summary>
    /// <remarks>
    /// <para>More than 3,500 threads are in whitelisted code, or whitelisted code calls itself through other code some 9,000 deep.</para>
    /// <para>Let fewer threads in at a time, or end the recursion earlier.</para>
    /// </remarks>
    TooManyWindows = 7211,

    /// <summary>The kernel refused to open or close a domain.</summary>
    /// <remarks>
    /// <para>Mostly the limit on memory mappings; the message has the kernel's error. The process ends, because its regions would be in a state that nobody asked for.</para>
    /// <para>Follow the remedy in the message.</para>
    /// </remarks>
    RightsRefused = 7212,

    /// <summary>A region of a domain of the method <c>crypt</c> cannot become read-only.</summary>
    /// <remarks>
    /// <para>Each window decrypts it where it is, and encrypts it again.</para>
    /// <para>Put it into a domain of the method <c>mprotect</c>.</para>
    /// </remarks>
    EncryptedInPlace = 7213,

    /// <summary>Safe regions were to be changed in the middle of a change.</summary>
    /// <remarks>
    /// <para>The kernel has refused something while a region was allocated, and an observer of that exception (<c>FirstChanceException</c>, a filter) allocates or disposes regions.</para>
    /// <para>Do it later, or on another thread.</para>
    /// </remarks>
    AllocatorBusy = 7214,

    /// <summary>The region is larger than what the method <c>crypt</c> shall encrypt for each window.</summary>
    /// <remarks>
    /// <para>A window decrypts and encrypts the whole region.</para>
    /// <para>Make several regions of it, or raise <c>MaxRegionSize</c>, to 1 MiB at most.</para>
    /// </remarks>
    CryptRegionTooLarge = 7220,

    /// <summary>A region of the method <c>crypt</c> has as many open windows as it can count.</summary>
    /// <remarks>
    /// <para>Most likely windows are opened and never closed: 65,535 are open at once.</para>
    /// <para>Close windows.</para>
    /// </remarks>
    TooManyReaders = 7221,

    /// <summary>The region was disposed while a window is open.</summary>
    /// <remarks>
    /// <para>A thread is still using it. The region stays as it is.</para>
    /// <para>Dispose it when all windows are closed.</para>
    /// </remarks>
    RegionInUse = 7222,

    /// <summary>All protection keys of the process are taken.</summary>
    /// <remarks>
    /// <para>The processor has 16 keys; the kernel keeps one or two, and other libraries may have some.</para>
    /// <para>Put regions into fewer domains.</para>
    /// </remarks>
    NoProtectionKeyLeft = 7223,

    /// <summary>The kernel did not give pages the protection key that they were to have.</summary>
    /// <remarks>
    /// <para>The kernel refused the call, or a sandbox lets it succeed without doing it; /proc/self/smaps says what is.</para>
    /// <para>Allow <c>pkey_alloc</c> and <c>pkey_mprotect</c> in the sandbox.</para>
    /// </remarks>
    ProtectionKeyRefused = 7224,
}
