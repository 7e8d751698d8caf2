// The types are found under their old names for ever.
using System.Runtime.CompilerServices;

[assembly: TypeForwardedTo(typeof(Constructs.Moved.Point))]
[assembly: TypeForwardedTo(typeof(Constructs.Moved.IReader))]
