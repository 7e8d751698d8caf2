/// byref, inref, outref, byref-like structs, functions over them.
module Constructs.FSharp.References

open System
open System.Runtime.CompilerServices
open Microsoft.FSharp.NativeInterop

[<Struct; IsByRefLike>]
type View(p: nativeptr<int>, length: int) =
    member _.Span = Span<int>(NativePtr.toVoidPtr p, length)
    member _.Item with get (i: int) = &Unsafe.Add(NativePtr.toByRef p, i)
    member this.Sum() =
        let mutable sum = 0
        for i in 0 .. length - 1 do
            sum <- sum + this[i]
        sum

[<Struct>]
type Cell = { mutable Value: int; Next: nativeint }

type Visitor =
    abstract Visit: value: byref<int> -> bool

let private increment (r: byref<int>) = r <- r + 1

let private peek (r: inref<int>) = r + 1

let private fill (p: nativeptr<int>, result: outref<int>) =
    result <- NativePtr.read p
    result > 0

let private larger (a: byref<int>) (b: byref<int>) : byref<int> = if a > b then &a else &b

let private visit (visitor: Visitor) (p: nativeptr<int>) =
    let r = NativePtr.toByRef p
    visitor.Visit(&r)

let private visitAll (p: nativeptr<int>) (count: int) (visitor: Visitor) =
    let mutable i = 0
    while i < count && visit visitor (NativePtr.add p i) do
        i <- i + 1
    i

let byrefs () : string =
    let p = Raw.ofArray [| 1; 2; 3 |]
    increment (NativePtr.toByRef p)
    let first = NativePtr.toByRef p
    let second = NativePtr.toByRef (NativePtr.add p 1)
    let chosen = &larger &first &second
    chosen <- 50
    let mutable local = 1
    increment &local
    let found = fill (p, &local)
    Show.all [ NativePtr.get p 0; NativePtr.get p 1; peek &first; local; found; peek &local ]

let byrefLike () : string =
    let p = Raw.ofArray [| 1; 2; 3 |]
    let view = View(p, 3)
    view[1] <- 20
    let item = &view[2]
    item <- item + 5
    Show.all [ view.Sum(); view.Span[1]; view.Span.Length ]

let objectExpressions () : string =
    let p = Raw.ofArray [| 1; 2; 3; 4 |]
    let mutable seen = 0
    let log = Collections.Generic.List<int>()
    let visitor = { new Visitor with
                      member _.Visit(value) =
                          log.Add value
                          value <- value * 2
                          value < 5 }
    seen <- visitAll p 4 visitor
    Show.all [ seen; log.Count; NativePtr.get p 2; NativePtr.get p 3 ]

let records () : string =
    let p = Raw.ofArray [| { Value = 1; Next = 0n }; { Value = 2; Next = 0n } |]
    NativePtr.set p 0 { NativePtr.read p with Next = NativePtr.toNativeInt (NativePtr.add p 1) }
    let mutable sum = 0
    let mutable at = NativePtr.toNativeInt p
    while at <> 0n do
        let cell = NativePtr.toByRef (NativePtr.ofNativeInt<Cell> at)
        cell.Value <- cell.Value + 10
        sum <- sum + cell.Value
        at <- cell.Next
    Show.all [ sum; (NativePtr.read p).Value; NativePtr.get p 0 = NativePtr.get p 1 ]

let arraysAndByrefs () : string =
    let array = [| 1; 2; 3 |]
    let grid = Array2D.init 2 2 (fun i j -> i * 2 + j)
    increment &array[1]
    increment &grid[1, 1]
    let r = &array[0]
    r <- 9
    let slice = array[1..]
    Show.all [ array[0]; array[1]; grid[1, 1]; slice.Length; Span<int>(array).Slice(1)[0] ]
