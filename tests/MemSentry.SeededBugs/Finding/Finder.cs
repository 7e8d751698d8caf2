namespace MemSentry.SeededBugs.Finding;

/// <summary>Who finds bugs; the later, the longer it takes.</summary>
public enum Finder
{
    /// <summary>The verifier rejects what the weaver made, or accepts a mutant of it.</summary>
    Mutants,

    /// <summary>The graph and the solver of the analysis, against members that really run.</summary>
    Traces,

    /// <summary>What proofs by distance must not leave out.</summary>
    Displacement,

    /// <summary>Laws of the lattices and transfer functions of the analysis.</summary>
    AnalysisLaws,

    /// <summary>Laws of the lattice and transfer functions of the verifier.</summary>
    VerifierLaws,

    /// <summary>What the verifier knows of values at each instruction.</summary>
    VerifierDataflow,

    /// <summary>Tests of the edits of bodies.</summary>
    Rewriting,

    /// <summary>Random members, woven and unwoven.</summary>
    Fuzzer,
}
