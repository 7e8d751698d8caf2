namespace MemSentry.Analysis.Diagnostics;

/// <summary>
/// Every diagnostic of the build-time tools. A number is never reused and never changes its meaning.
/// Ranges: 1000 options, 2000 input files, 3000 analysis and weaving, 4000 build integration, 9000 our own defects;
/// the 7000s belong to the runtime (<c>MemSentry.RuntimeCode</c>).
/// </summary>
public enum DiagnosticId
{
    /// <summary>An option has a value that is not allowed.</summary>
    OptionValueNotAllowed = 1001,

    /// <summary>An option is not known.</summary>
    OptionUnknown = 1002,

    /// <summary>The command line names a command, option or value that does not exist, or leaves one out.</summary>
    CommandLineNotUnderstood = 1020,

    /// <summary>Neither or both of <c>--output</c> and <c>--in-place</c> were given.</summary>
    OutputNotChosen = 1021,

    /// <summary><c>--output</c> is a file although there are several inputs.</summary>
    OutputNotAFolder = 1022,

    /// <summary>An output would replace an input, or another output.</summary>
    OutputIsInput = 1023,

    /// <summary><c>explain</c> names a member that the assembly does not have.</summary>
    MemberNotFound = 1024,

    /// <summary>A pattern or folder holds no file to work on.</summary>
    NothingSelected = 1025,

    /// <summary>The input is not a managed assembly.</summary>
    NotAnAssembly = 2001,

    /// <summary>The assembly is already woven.</summary>
    AlreadyWoven = 2002,

    /// <summary>The assembly mixes managed and native code.</summary>
    MixedMode = 2003,

    /// <summary>A referenced assembly was not found.</summary>
    ReferenceNotFound = 2004,

    /// <summary>The input was not found or cannot be read.</summary>
    InputUnreadable = 2005,

    /// <summary>The output cannot be written.</summary>
    OutputUnwritable = 2006,

    /// <summary>Precompiled native code (ReadyToRun) was dropped.</summary>
    ReadyToRunDropped = 2007,

    /// <summary>The strong name could not be renewed, so the output is unsigned.</summary>
    StrongNameLost = 2008,

    /// <summary>The debug information cannot be used, so the output has none.</summary>
    SymbolsIgnored = 2009,

    /// <summary>The assembly has another public key than the given one.</summary>
    StrongNameKeyDiffers = 2010,

    /// <summary>The list of a program's dependencies (.deps.json) cannot be read, and is ignored.</summary>
    DependenciesUnreadable = 2011,

    /// <summary>A member's IL cannot be modelled, so the weave stops.</summary>
    MemberNotAnalysable = 3001,

    /// <summary>A marker call is not followed by an access in its basic block.</summary>
    MarkerWithoutAccess = 3002,

    /// <summary>Whitelist names a section that no member is in.</summary>
    SectionEmpty = 3004,

    /// <summary><c>[AcceptsSafeRegion]</c> stands where it changes nothing.</summary>
    AcceptsSafeRegionIdle = 3005,

    /// <summary>A static field lies in the image itself, and is written or has a size that nobody knows: its data cannot be kept.</summary>
    MappedFieldNotKept = 3006,

    /// <summary>The input is the core library, on which the runtime of the checks stands.</summary>
    CoreLibrary = 3007,

    /// <summary>The IL of a member that is not woven cannot be modelled, so its accesses are not listed.</summary>
    UnwovenMemberNotListed = 3010,

    /// <summary>Referenced assemblies have raw accesses and are not woven.</summary>
    ReferenceNotWoven = 3011,

    /// <summary>Referenced assemblies are not woven, and whether they have raw accesses is not known.</summary>
    ReferenceNotExamined = 3012,

    /// <summary>What was found out about one referenced assembly; told on request.</summary>
    ReferenceExamined = 3013,

    /// <summary>The assembly that a build is about to deliver is not woven, or not with the settings in force.</summary>
    AssemblyNotWoven = 4001,

    /// <summary>FodyWeavers.xml exists, but has no element that makes Fody run this weaver.</summary>
    WeaverNotConfigured = 4002,

    /// <summary>FodyWeavers.xml, or the WeaverConfiguration property, is not well-formed XML.</summary>
    ConfigurationUnreadable = 4003,

    /// <summary>The build runs in MSBuild for .NET Framework, which cannot load the weaver (reported by MemSentry.Fody.targets).</summary>
    BuildHostNotSupported = 4004,

    /// <summary>The weaver in memory is not the one on disk.</summary>
    WeaverOutOfDate = 4005,

    /// <summary>Another weaver changes the assembly after this one.</summary>
    WeaverRunsLater = 4006,

    /// <summary>Fody ran the weaver in a project that does not import MemSentry.Fody.targets.</summary>
    TargetsNotImported = 4007,

    /// <summary>The weaver's files or Fody's targets are missing from the build (reported by MemSentry.Fody.targets).</summary>
    BuildPartMissing = 4008,

    /// <summary>A program that may use pointers refers to woven libraries and is not woven itself (reported by MemSentry.Runtime.targets).</summary>
    ProgramNotWoven = 4009,

    /// <summary>A dependency that has to be woven with the program cannot be.</summary>
    DependencyNotWeavable = 4010,

    /// <summary>A defect of MemSentry itself.</summary>
    InternalError = 9001,
}
