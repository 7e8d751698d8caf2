using MemSentry.Analysis.Origins;

namespace MemSentry.Analysis.Chains;

/// <summary>Where a value comes from, with IL offsets of the input in bytes.</summary>
/// <param name="Kind">How it comes into the member.</param>
/// <param name="Place">The number of the parameter or variable, arguments first; or the offset of the instruction.</param>
/// <param name="Since">The offset of the call, handler or meeting point that made it an origin again; null if there is none. See <see cref="ValueOrigin"/>.</param>
public sealed record ChainOrigin(OriginKind Kind, int Place, int? Since);
