using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.ProtectionKeys;

/// <summary>Pages that a thread can touch only between <see cref="Open"/> and <see cref="Close"/>, and no thread else because of it.</summary>
/// <remarks>
/// Rights belong to threads: another thread does not see the window. A thread that is started in a window inherits it. What a signal handler of this process
/// writes into the frame of a signal becomes the register: who can write there while a handler runs opens what he likes.
/// </remarks>
internal sealed class KeyDomain
{
    private readonly KeyStubs _stubs;

    private KeyDomain(KeyStubs stubs, KeyedMemory memory, int key) => (_stubs, Memory, Key) = (stubs, memory, key);

    /// <summary>The key, from 1 to 15.</summary>
    public int Key { get; }

    /// <summary>The pages.</summary>
    public KeyedMemory Memory { get; }

    /// <summary>What this thread may do with them.</summary>
    public KeyRights Rights => KeyRegister.Rights(_stubs.Register, Key);

    /// <summary>The stubs.</summary>
    public KeyStubs Stubs => _stubs;

    /// <summary>Takes a key and maps pages with it. Closed for this thread; for others unless they have opened a key of this number before.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <exception cref="PlatformNotSupportedException">Machine or kernel have no keys.</exception>
    /// <exception cref="SafeRegionException">No key is left, or the kernel refuses something; the message says what.</exception>
    public static KeyDomain Create(string name, ulong length) =>
        Create(name, (int key, out KeyedMemory? memory) => KeyedMemory.Create(key, length, out memory));

    /// <summary>The same with pages that are reserved already; what is in them is lost.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="address">First byte, page-aligned.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <exception cref="PlatformNotSupportedException">Machine or kernel have no keys.</exception>
    /// <exception cref="SafeRegionException">No key is left, or the kernel refuses something; the message says what.</exception>
    public static KeyDomain Over(string name, ulong address, ulong length) =>
        Create(name, (int key, out KeyedMemory? memory) => KeyedMemory.Replace(key, address, length, out memory));

    /// <summary>Opens the pages to this thread.</summary>
    public void Open() => _stubs.Open();

    /// <summary>Opens the pages to reads of this thread.</summary>
    public void OpenRead() => _stubs.OpenRead();

    /// <summary>Closes them.</summary>
    public void Close() => _stubs.Close();

    private delegate SystemCallFailure? MemoryMaker(int key, out KeyedMemory? memory);

    private static KeyDomain Create(string name, MemoryMaker make)
    {
        if (KeyRefusals.Find(ProcessorFacts.Read(), KernelKeySupport.ReadKernel()) is { } refusal)
        {
            throw refusal.ToException();
        }

        Check(KeyCalls.Allocate(out int key), name);
        try
        {
            Check(make(key, out KeyedMemory? memory), name);
            if (!memory!.IsConfirmed(KeyMap.ReadSelf(), key))
            {
                throw KeyRefusals.NotConfirmed(name, key);
            }

            Check(KeyStubs.Create(new KeyStubPlan { Key = key }, out KeyStubs? stubs), name);
            return new KeyDomain(stubs!, memory, key);
        }
        catch (SafeRegionException)
        {
            KeyCalls.Free(key);
            throw;
        }
        catch (FileNotFoundException missing)
        {
            KeyCalls.Free(key);
            throw KeyRefusals.Create(missing).ToException();
        }
    }

    private static void Check(SystemCallFailure? failure, string name)
    {
        if (failure is not null)
        {
            throw KeyRefusals.Create(failure, name);
        }
    }
}
