namespace Constructs.FSharp

open System
open System.Runtime.InteropServices
open Microsoft.FSharp.NativeInterop

/// Native memory: the analysis knows nothing of where its addresses come from.
module internal Raw =
    let ofArray (values: 'T[]) : nativeptr<'T> =
        let p = NativeMemory.AllocZeroed(unativeint (values.Length + 4), unativeint sizeof<'T>) |> NativePtr.ofVoidPtr<'T>
        for i in 0 .. values.Length - 1 do
            NativePtr.set p i values[i]
        p

    let none<'T when 'T: unmanaged> : nativeptr<'T> = NativePtr.ofNativeInt 0n

module internal Show =
    let all (values: obj list) : string =
        String.Join(' ', values |> List.map (fun v -> match v with | null -> "null" | :? IFormattable as f -> f.ToString(null, Globalization.CultureInfo.InvariantCulture) | v -> string v))

    let fault (action: unit -> unit) : obj =
        try
            action ()
            box "nothing"
        with e -> box (e.GetType().Name)
