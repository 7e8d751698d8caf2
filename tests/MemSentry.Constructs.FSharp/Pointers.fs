/// NativePtr, stackalloc, fixed, inline IL, P/Invoke.
module Constructs.FSharp.Pointers

open System
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Microsoft.FSharp.NativeInterop

[<Struct>]
type Point =
    val mutable X: int
    val mutable Y: int64
    new(x, y) = { X = x; Y = y }
    member this.Move(by) = this.X <- this.X + by

[<Struct; StructLayout(LayoutKind.Explicit)>]
type Union =
    [<FieldOffset 0>]
    val mutable Number: int
    [<FieldOffset 0>]
    val mutable Single: float32

[<DllImport("libc")>]
extern unativeint private strlen(byte* text)

[<DllImport("libc")>]
extern void private qsort(int* items, unativeint count, unativeint size, nativeint comparison)

type private Comparison = delegate of byref<int> * byref<int> -> int

let loadsAndStores () : string =
    let p = Raw.ofArray [| 1; 2; 3 |]
    NativePtr.write p 10
    NativePtr.set p 2 (NativePtr.read p + NativePtr.get p 1)
    let q = NativePtr.add p 2
    NativePtr.write q (NativePtr.read q * 2)
    let wide: nativeptr<int64> = NativePtr.ofNativeInt (NativePtr.toNativeInt p)
    Show.all [ NativePtr.get p 0; NativePtr.get p 2; NativePtr.read wide; NativePtr.toNativeInt q - NativePtr.toNativeInt p; NativePtr.isNullPtr Raw.none<int> ]

let structures () : string =
    let p = Raw.ofArray [| Point(1, 2L); Point(3, 4L) |]
    let r = NativePtr.toByRef p
    r.X <- 5
    r.Move 2
    let mutable copy = NativePtr.get p 1
    copy.Y <- copy.Y + int64 r.X
    NativePtr.set p 1 copy
    let second = NativePtr.toByRef (NativePtr.add p 1)
    let u = NativePtr.toByRef (Raw.ofArray [| Union() |])
    u.Single <- 1.5f
    NativePtr.copy p (NativePtr.add p 1)
    NativePtr.initBlock (NativePtr.add p 2) 0uy 8u
    NativePtr.clear (NativePtr.add p 3)
    Show.all [ r.X; second.Y; copy.Y; u.Number; sizeof<Point> ]

let stackAllocation () : string =
    let far = Raw.ofArray [| 1uy; 2uy; 3uy |]
    let p = NativePtr.stackalloc<int> 4
    for i in 0..3 do
        NativePtr.set p i (i * i + int (NativePtr.get far (i % 3)))
    let span = Span<int>(NativePtr.toVoidPtr p, 4)
    span[1] <- span[1] + 100
    let mutable sum = 0
    for i in span do
        sum <- sum + i
    Show.all [ sum; NativePtr.get p 1; span.Slice(2).ToArray()[1] ]

let fixedMemory () : string =
    let array = [| 1; 2; 3 |]
    use p = fixed array
    NativePtr.set p 1 20
    use q = fixed &array[2]
    NativePtr.write q (NativePtr.read q + 5)
    use c = fixed "text"
    let mutable point = Point(1, 2L)
    use x = fixed &point.X
    NativePtr.write x 9
    Show.all [ array[0]; array[1]; array[2]; NativePtr.get c 3; point.X ]

let spans () : string =
    let p = Raw.ofArray [| 5; 3; 4 |]
    let span = Span<int>(NativePtr.toVoidPtr p, 3)
    span.Sort()
    let read = Span<int>.op_Implicit span : ReadOnlySpan<int>
    let mutable best = &span[0]
    best <- 100
    let bytes = MemoryMarshal.AsBytes span
    let text = String.Create(3, NativePtr.toNativeInt p, fun chars state -> chars.Fill(char (NativePtr.read (NativePtr.ofNativeInt<int> state))))
    Show.all [ read[0]; read[2]; bytes.Length; NativePtr.read p; text; span.IndexOf 5; Span<int>.Empty.Length ]

// What the compiler can still emit of it outside its own library; indirect loads and stores are not among that.
let inline private copyBlock (target: nativeptr<int>) (source: nativeptr<int>) (bytes: uint32) : unit = (# "cpblk" target source bytes #)
let inline private fillBlock (target: nativeptr<int>) (value: byte) (bytes: uint32) : unit = (# "initblk" target value bytes #)
let inline private advance (p: nativeptr<int>) (bytes: int) : nativeptr<int> = (# "add" p bytes : nativeptr<int> #)
let inline private asNumber (p: nativeptr<int>) : uint64 = (# "conv.u8" p : uint64 #)

let inlineIl () : string =
    let p = Raw.ofArray [| 7; 8; 9; 10 |]
    copyBlock (advance p 4) p 8u
    fillBlock (advance p 12) 1uy 4u
    let distance = asNumber (advance p 8) - asNumber p
    Show.all [ NativePtr.get p 1; NativePtr.get p 2; NativePtr.get p 3; distance; Show.fault (fun () -> fillBlock Raw.none 1uy 4u) ]

let unsafeClass () : string =
    let p = Raw.ofArray [| 1; 2; 3 |]
    let r = &Unsafe.AsRef<int>(NativePtr.toVoidPtr p)
    let third = &Unsafe.Add(&r, 2)
    third <- third + r
    let mutable local = 3
    Unsafe.Copy(&local, NativePtr.toVoidPtr p)
    Show.all [ NativePtr.get p 2; local; Unsafe.ReadUnaligned<int>(NativePtr.toVoidPtr p); Unsafe.IsNullRef(&Unsafe.NullRef<int>()) ]

let native () : string =
    let text = Raw.ofArray [| 97uy; 98uy; 0uy |]
    let p = Raw.ofArray [| 1; 3; 2 |]
    let comparison = Comparison(fun a b -> b - a)
    qsort (p, 3un, 4un, Marshal.GetFunctionPointerForDelegate comparison)
    GC.KeepAlive comparison
    Show.all [ strlen text; NativePtr.get p 0; NativePtr.get p 2 ]

let faults () : string =
    let none = Raw.none<int>
    Show.all [
        Show.fault (fun () -> NativePtr.read none |> ignore)
        Show.fault (fun () -> NativePtr.write none 1)
        Show.fault (fun () -> NativePtr.set none 5 1)
        Show.fault (fun () ->
            let r = NativePtr.toByRef Raw.none<Point>
            r.Move 1)
        Show.fault (fun () -> Marshal.ReadInt32 0n |> ignore)
    ]

let generic<'T when 'T: unmanaged and 'T: equality> (values: 'T[]) =
    let p = Raw.ofArray values
    let mutable q = p
    let mutable count = 0
    while NativePtr.read q <> values[values.Length - 1] do
        q <- NativePtr.add q 1
        count <- count + 1
    count

let generics () : string =
    Show.all [ generic [| 1; 2; 3 |]; generic [| 1.5; 2.5 |]; generic [| 'a'; 'b'; 'c'; 'd' |]; generic [| Point(1, 2L); Point(1, 3L) |]; generic [| struct (1, 2uy) |] ]

// The framework hands out resources as a pointer into the image.
let resources () : string =
    let assembly = Reflection.Assembly.GetExecutingAssembly()
    use stream = assembly.GetManifestResourceStream "numbers" :?> IO.UnmanagedMemoryStream
    let p = stream.PositionPointer
    Show.all [ stream.Length; NativePtr.get p 3; stream.ReadByte() ]
