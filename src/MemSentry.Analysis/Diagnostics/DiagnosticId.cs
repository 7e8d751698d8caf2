namespace MemSentry.Analysis.Diagnostics;

/// <summary>
/// Every diagnostic of the build-time tools. A number is never reused and never changes its meaning.
/// Ranges: 1000 options, 2000 input files, 3000 analysis and weaving, 4000 build integration, 9000 our own defects;
/// the 7000s belong to the runtime (<c>MemSentry.RuntimeCode</c>).
/// </summary>
public enum DiagnosticId
{
    /// <summary>An option has a value that is not allowed.</summary>
    /// <remarks>
    /// <para>A typing mistake in FodyWeavers.xml, in an MSBuild property or on the command line, or a value that a newer version has.</para>
    /// <para>Use one of the values that the message lists.</para>
    /// </remarks>
    OptionValueNotAllowed = 1001,

    /// <summary>An option is not known.</summary>
    /// <remarks>
    /// <para>A typing mistake, or an option that a newer version has.</para>
    /// <para>Use one of the names that the message lists.</para>
    /// </remarks>
    OptionUnknown = 1002,

    /// <summary>The command line names a command, option or value that does not exist, or leaves one out.</summary>
    /// <remarks>
    /// <para>A typing mistake, an argument that is missing, or one too many.</para>
    /// <para>Run <c>memsentry-weave --help</c>, or <c>--help</c> behind the command.</para>
    /// </remarks>
    CommandLineNotUnderstood = 1020,

    /// <summary>Neither or both of <c>--output</c> and <c>--in-place</c> were given.</summary>
    /// <remarks>
    /// <para>The weave does not guess where results go, and replaces an input only when told to.</para>
    /// <para>Add <c>--output DIR</c>, or <c>--in-place</c>.</para>
    /// </remarks>
    OutputNotChosen = 1021,

    /// <summary><c>--output</c> is a file although there are several inputs.</summary>
    /// <remarks>
    /// <para>Several inputs cannot become one file.</para>
    /// <para>Name a folder.</para>
    /// </remarks>
    OutputNotAFolder = 1022,

    /// <summary>An output would replace an input, or another output.</summary>
    /// <remarks>
    /// <para>The folder of the output is the one of an input, or two inputs have the same file name.</para>
    /// <para>Name another folder, weave the inputs into different folders, or say <c>--in-place</c>.</para>
    /// </remarks>
    OutputIsInput = 1023,

    /// <summary><c>explain</c> names a member that the assembly does not have.</summary>
    /// <remarks>
    /// <para>A typing mistake, or the member of another assembly.</para>
    /// <para>Use one of the nearest names, which the message lists; names are written <c>Type::Member</c>.</para>
    /// </remarks>
    MemberNotFound = 1024,

    /// <summary>A pattern or folder holds no file to work on.</summary>
    /// <remarks>
    /// <para>The pattern or the folder is another one than was meant, or holds no assemblies yet.</para>
    /// <para>Check it; patterns stand in quotes, so that the shell leaves them alone.</para>
    /// </remarks>
    NothingSelected = 1025,

    /// <summary>The input is not a managed assembly.</summary>
    /// <remarks>
    /// <para>The file is a native library, something else, or damaged.</para>
    /// <para>Leave it out if it is not an assembly; build or copy it again if it should be one.</para>
    /// </remarks>
    NotAnAssembly = 2001,

    /// <summary>The assembly is already woven.</summary>
    /// <remarks>
    /// <para>The input is the result of an earlier weave, or its author has woven it.</para>
    /// <para>Weave what the compiler made. An assembly that its author has woven needs no second weave.</para>
    /// </remarks>
    AlreadyWoven = 2002,

    /// <summary>The assembly mixes managed and native code.</summary>
    /// <remarks>
    /// <para>It was made by C++/CLI, whose native code no weaver of IL can check.</para>
    /// <para>Leave it out, and weave the assemblies that call it.</para>
    /// </remarks>
    MixedMode = 2003,

    /// <summary>A referenced assembly was not found.</summary>
    /// <remarks>
    /// <para>It lies neither beside the input nor in a folder that was named nor in the shared framework.</para>
    /// <para>Name its folder with <c>--reference</c>, or add a reference to the project.</para>
    /// </remarks>
    ReferenceNotFound = 2004,

    /// <summary>The input was not found or cannot be read.</summary>
    /// <remarks>
    /// <para>The path is wrong, rights are missing, or somebody else holds the file.</para>
    /// <para>Check the path and its permissions.</para>
    /// </remarks>
    InputUnreadable = 2005,

    /// <summary>The output cannot be written.</summary>
    /// <remarks>
    /// <para>The path is wrong, rights are missing, the disk is full, or a program that runs holds the file.</para>
    /// <para>Check the path, its permissions and the free space. What was there before is still there.</para>
    /// </remarks>
    OutputUnwritable = 2006,

    /// <summary>Precompiled native code (ReadyToRun) was dropped.</summary>
    /// <remarks>
    /// <para>A warning. Native code that was compiled before the weave has no checks, so it must not run.</para>
    /// <para>Nothing, unless start-up time matters: then compile to ReadyToRun after the weave.</para>
    /// </remarks>
    ReadyToRunDropped = 2007,

    /// <summary>The strong name could not be renewed, so the output is unsigned.</summary>
    /// <remarks>
    /// <para>A warning. The input was signed, and no key was given. .NET loads the assembly all the same, because it does not verify strong names.</para>
    /// <para>Give the key with <c>--key</c> or <c>AssemblyOriginatorKeyFile</c> if somebody else verifies it.</para>
    /// </remarks>
    StrongNameLost = 2008,

    /// <summary>The debug information cannot be used, so the output has none.</summary>
    /// <remarks>
    /// <para>A warning. The PDB belongs to another build of the assembly, is damaged, or has the format for Windows.</para>
    /// <para>Build again, to get a matching portable or embedded PDB.</para>
    /// </remarks>
    SymbolsIgnored = 2009,

    /// <summary>The assembly has another public key than the given one.</summary>
    /// <remarks>
    /// <para>The given key would change the identity of the assembly, so that nobody who refers to it would find it.</para>
    /// <para>Give the key that the assembly was signed with, or none.</para>
    /// </remarks>
    StrongNameKeyDiffers = 2010,

    /// <summary>The list of a program's dependencies (.deps.json) cannot be read, and is ignored.</summary>
    /// <remarks>
    /// <para>A warning. The file is damaged, or not one of .NET. References are looked for in the other places.</para>
    /// <para>Publish again, or name folders with <c>--reference</c>.</para>
    /// </remarks>
    DependenciesUnreadable = 2011,

    /// <summary>A member's IL cannot be modelled, so the weave stops.</summary>
    /// <remarks>
    /// <para>The member does something that the analysis has no sound rule for; the message says what. No output is written.</para>
    /// <para>Rewrite the member, whitelist it with <c>[SafeRegionAccess]</c> if it may be trusted, or report it if the compiler made it.</para>
    /// </remarks>
    MemberNotAnalysable = 3001,

    /// <summary>A marker call is not followed by an access in its basic block.</summary>
    /// <remarks>
    /// <para>A call of <c>MemSentryMarkers.SafeRegionAccess()</c> trusts the access behind it, and there is none before the next branch or marker.</para>
    /// <para>Put the call directly before the access, or remove it.</para>
    /// </remarks>
    MarkerWithoutAccess = 3002,

    /// <summary>Whitelist names a section that no member is in.</summary>
    /// <remarks>
    /// <para>A warning. The option <c>WhitelistSection</c> and <c>[Section(...)]</c> have different names, so nobody is whitelisted by it.</para>
    /// <para>Compare the names, case included.</para>
    /// </remarks>
    SectionEmpty = 3004,

    /// <summary><c>[AcceptsSafeRegion]</c> stands where it changes nothing.</summary>
    /// <remarks>
    /// <para>A warning. The member is not whitelisted, or the parameter takes no address; the message says which.</para>
    /// <para>Remove the attribute, or put it where it belongs.</para>
    /// </remarks>
    AcceptsSafeRegionIdle = 3005,

    /// <summary>A static field lies in the image itself, and is written or has a size that nobody knows: its data cannot be kept.</summary>
    /// <remarks>
    /// <para>Such fields (<c>.data</c>, C++) lie beside the code, and a weave moves them.</para>
    /// <para>Give the field its value in a static constructor, or leave the assembly unwoven.</para>
    /// </remarks>
    MappedFieldNotKept = 3006,

    /// <summary>The input is the core library, on which the runtime of the checks stands.</summary>
    /// <remarks>
    /// <para>It cannot refer to the runtime that checks need: the runtime refers to it.</para>
    /// <para>Leave it out. What woven code hands to it is checked.</para>
    /// </remarks>
    CoreLibrary = 3007,

    /// <summary>The IL of a member that is not woven cannot be modelled, so its accesses are not listed.</summary>
    /// <remarks>
    /// <para>A warning of <c>list</c>. The member does something that the analysis has no rule for.</para>
    /// <para>Review the member by itself.</para>
    /// </remarks>
    UnwovenMemberNotListed = 3010,

    /// <summary>Referenced assemblies have raw accesses and are not woven.</summary>
    /// <remarks>
    /// <para>A warning, or an error under <c>Unwoven=refuse</c>. Their code runs in the same process without checks, and a bug in it reaches safe regions.</para>
    /// <para>Weave them too (<c>MemSentryWeaveDependencies</c>, or <c>memsentry-weave</c>), or do without them.</para>
    /// </remarks>
    ReferenceNotWoven = 3011,

    /// <summary>Referenced assemblies are not woven, and whether they have raw accesses is not known.</summary>
    /// <remarks>
    /// <para>A warning, or an error under <c>Unwoven=refuse</c>. They were not found, or could not be read.</para>
    /// <para>Name the folder that holds them with <c>--reference</c>, weave them too, or do without them.</para>
    /// </remarks>
    ReferenceNotExamined = 3012,

    /// <summary>What was found out about one referenced assembly; told on request.</summary>
    /// <remarks>
    /// <para>Only told when asked for (<c>--verbose</c>).</para>
    /// <para>Nothing.</para>
    /// </remarks>
    ReferenceExamined = 3013,

    /// <summary>The assembly that a build is about to deliver is not woven, or not with the settings in force.</summary>
    /// <remarks>
    /// <para>The weave failed in an earlier build, was switched off (<c>DisableFody</c>), or ran with other settings; the message says which. Nothing is delivered.</para>
    /// <para>Build again without switching the weave off; if that fails too, follow the first error.</para>
    /// </remarks>
    AssemblyNotWoven = 4001,

    /// <summary>FodyWeavers.xml exists, but has no element that makes Fody run this weaver.</summary>
    /// <remarks>
    /// <para>Fody runs only the weavers that FodyWeavers.xml lists.</para>
    /// <para>Add <c>&lt;MemSentry /&gt;</c> as the last element, or delete the file: without it the weaver is listed by itself.</para>
    /// </remarks>
    WeaverNotConfigured = 4002,

    /// <summary>FodyWeavers.xml, or the WeaverConfiguration property, is not well-formed XML.</summary>
    /// <remarks>
    /// <para>A mistake in the XML; the message says where.</para>
    /// <para>Correct it.</para>
    /// </remarks>
    ConfigurationUnreadable = 4003,

    /// <summary>The build runs in MSBuild for .NET Framework, which cannot load the weaver (reported by MemSentry.Fody.targets).</summary>
    /// <remarks>
    /// <para>Visual Studio, or <c>msbuild.exe</c>, builds in a process of .NET Framework.</para>
    /// <para>Build with <c>dotnet build</c>.</para>
    /// </remarks>
    BuildHostNotSupported = 4004,

    /// <summary>The weaver in memory is not the one on disk.</summary>
    /// <remarks>
    /// <para>A build server kept the weaver of an earlier version.</para>
    /// <para>Run <c>dotnet build-server shutdown</c>, and build again.</para>
    /// </remarks>
    WeaverOutOfDate = 4005,

    /// <summary>Another weaver changes the assembly after this one.</summary>
    /// <remarks>
    /// <para>A warning. FodyWeavers.xml lists another weaver behind MemSentry, and what it adds has no checks.</para>
    /// <para>Make <c>&lt;MemSentry /&gt;</c> the last element.</para>
    /// </remarks>
    WeaverRunsLater = 4006,

    /// <summary>Fody ran the weaver in a project that does not import MemSentry.Fody.targets.</summary>
    /// <remarks>
    /// <para>The weaver's DLL was added by hand (<c>WeaverFiles</c>), so nobody would notice a weave that fails.</para>
    /// <para>Reference the package MemSentry.Fody instead.</para>
    /// </remarks>
    TargetsNotImported = 4007,

    /// <summary>The weaver's files or Fody's targets are missing from the build (reported by MemSentry.Fody.targets).</summary>
    /// <remarks>
    /// <para>A package was not restored, or restored in part.</para>
    /// <para>Restore again; the package MemSentry.Fody brings all of it along.</para>
    /// </remarks>
    BuildPartMissing = 4008,

    /// <summary>A program that may use pointers refers to woven libraries and is not woven itself (reported by MemSentry.Runtime.targets).</summary>
    /// <remarks>
    /// <para>A warning. References of packages do not weave the program that has them.</para>
    /// <para>Reference MemSentry.Fody in the program, too.</para>
    /// </remarks>
    ProgramNotWoven = 4009,

    /// <summary>A dependency that has to be woven with the program cannot be.</summary>
    /// <remarks>
    /// <para>A library of the program, under <c>MemSentryWeaveDependencies</c>, was refused; the message says why.</para>
    /// <para>Follow the reason, or leave the library out by <c>MemSentryLeaveUnwoven</c>.</para>
    /// </remarks>
    DependencyNotWeavable = 4010,

    /// <summary>A defect of MemSentry itself.</summary>
    /// <remarks>
    /// <para>We made a mistake. Nothing was written.</para>
    /// <para>Report it with the command, or with the assembly.</para>
    /// </remarks>
    InternalError = 9001,
}
