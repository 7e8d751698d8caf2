open System
open FSharp.NativeInterop
open MemSentry

#nowarn "9"

type Secret private () =
    static let region = SafeRegion.Allocate(32un, SafeRegionOptions(Name = "secret"))

    [<SafeRegionAccess>]
    static member First() : byte = region.Span[0]

    [<SafeRegionAccess>]
    static member Address() : nativeint = NativePtr.toNativeInt region.Pointer

let peek (where: nativeint array) : byte = NativePtr.read (NativePtr.ofNativeInt<byte> where[0])

[<EntryPoint>]
let main _ =
    printfn "own code reads %d" (Secret.First())

    try
        printfn "read %d" (peek [| Secret.Address() |])
    with :? SafeRegionViolationException as blocked ->
        printfn "%s" blocked.Message

    0
