/// Closures, computation expressions, tail calls, inlined and statically resolved functions, patterns.
module Constructs.FSharp.Expressions

open System
open System.Threading.Tasks
open Microsoft.FSharp.NativeInterop

[<Struct>]
type Shape =
    | Circle of radius: int
    | Box of width: int * height: int

let rec private length (p: nativeptr<byte>) (count: int) =
    if NativePtr.read p = 0uy then count else length (NativePtr.add p 1) (count + 1)

let rec private even (p: nativeptr<int>) n = if n = 0 then NativePtr.read p else odd p (n - 1)
and private odd (p: nativeptr<int>) n =
    NativePtr.write p (NativePtr.read p + 1)
    if n = 0 then -1 else even p (n - 1)

let inline private addAll< ^T when ^T: unmanaged and ^T: (static member (+): ^T * ^T -> ^T)> (p: nativeptr< ^T >) (count: int) (zero: ^T) =
    let mutable sum = zero
    for i in 0 .. count - 1 do
        sum <- sum + NativePtr.get p i
    sum

let (|Small|Large|) (p: nativeptr<int>) = if NativePtr.read p < 10 then Small(NativePtr.read p) else Large

let closures () : string =
    let p = Raw.ofArray [| 1; 2; 3 |]
    let mutable calls = ref 0
    let get i =
        calls.Value <- calls.Value + 1
        NativePtr.get p i
    let set = NativePtr.set p
    set 1 20
    let compose = get >> (fun x -> x * 2) >> string
    Show.all [ [ 0; 1; 2 ] |> List.map get |> List.sum; compose 1; calls.Value ]

// Deeper than any stack that frames are left on; where nothing is optimised they are, those of gates and windows included.
#if TAILCALLS
let private depth = 200_000
#else
let private depth = 10_000
#endif

let tailCalls () : string =
    let text = Raw.ofArray (Array.append (Array.create 100_000 1uy) [| 0uy |])
    let p = Raw.ofArray [| 0 |]
    Show.all [ length text 0; even p depth; NativePtr.read p ]

let inlined () : string =
    Show.all [ addAll (Raw.ofArray [| 1; 2; 3 |]) 3 0; addAll (Raw.ofArray [| 1.5; 2.5 |]) 2 0.0; addAll (Raw.ofArray [| 1uy; 255uy |]) 2 0uy ]

let sequences () : string =
    let p = Raw.ofArray [| 1; 2; 3 |]
    let items = seq {
        for i in 0..2 do
            if NativePtr.get p i <> 2 then
                yield NativePtr.get p i
            else
                yield! [ 20; 21 ]
                NativePtr.set p i 2000
    }
    let list = [ for i in 0..2 -> NativePtr.get p i ]
    let array = [| for i in 0..2 do if NativePtr.get p i > 1 then NativePtr.get p i |]
    Show.all [ Seq.sum items; NativePtr.get p 1; List.sum list; array.Length ]

let tasks () : Task<string> =
    let p = NativePtr.toNativeInt (Raw.ofArray [| 1; 2; 3 |])
    task {
        let mutable sum = 0
        for i in 0..2 do
            do! Task.Yield()
            sum <- sum + NativePtr.get (NativePtr.ofNativeInt<int> p) i
        try
            do! Task.Yield()
            NativePtr.write (NativePtr.ofNativeInt<int> 0n) 1
        with :? NullReferenceException ->
            NativePtr.write (NativePtr.ofNativeInt<int> p) 50
        return Show.all [ sum; NativePtr.read (NativePtr.ofNativeInt<int> p) ]
    }

let asyncs () : string =
    let p = NativePtr.toNativeInt (Raw.ofArray [| 1; 2; 3 |])
    let read i = async {
        do! Async.Sleep 0
        return NativePtr.get (NativePtr.ofNativeInt<int> p) i
    }
    async {
        use! _cancelled = Async.OnCancel(fun () -> NativePtr.write (NativePtr.ofNativeInt<int> p) 0)
        let! a = read 0
        let! b = Async.Parallel [ read 1; read 2 ]
        return Show.all [ a; Array.sum b ]
    }
    |> Async.RunSynchronously

let patterns () : string =
    let p = Raw.ofArray [| 5; 50 |]
    let shapes = Raw.ofArray [| Circle 3; Box(2, 4) |]
    let area i = match NativePtr.get shapes i with Circle r -> r * r | Box(w, h) -> w * h
    let name q = match q with Small n -> $"small {n}" | Large -> "large"
    let number = match NativePtr.get p 0, NativePtr.get p 1 with | 5, n when n > 40 -> n | (0 | 1), _ -> 1 | _ -> -1
    Show.all [ area 0; area 1; name p; name (NativePtr.add p 1); number ]

let handlers () : string =
    let p = Raw.ofArray [| 1; 0 |]
    let log = Text.StringBuilder()
    let divide () =
        try
            try
                NativePtr.read p / NativePtr.get p 1
            finally
                NativePtr.set p 1 (NativePtr.get p 1 + 1)
        with
        | :? DivideByZeroException when NativePtr.get p 1 = 1 -> -1
        | e -> failwith e.Message
    log.Append(divide ()).Append(' ').Append(divide ()) |> ignore
    use _ = { new IDisposable with member _.Dispose() = NativePtr.write p 0 }
    let lazily = lazy (NativePtr.read p + 100)
    Show.all [ log; lazily.Value; NativePtr.get p 1 ]

let checkedArithmetic () : string =
    let p = Raw.ofArray [| Int32.MaxValue |]
    Show.all [
        Show.fault (fun () -> NativePtr.write p (Checked.(+) (NativePtr.read p) 1))
        Show.fault (fun () -> Checked.byte (NativePtr.read p) |> ignore)
        Checked.(-) (NativePtr.toNativeInt (NativePtr.add p 1)) (NativePtr.toNativeInt p)
    ]
