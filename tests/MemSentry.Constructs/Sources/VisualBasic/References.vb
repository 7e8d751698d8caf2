Imports System
Imports System.Collections.Generic
Imports System.Runtime.CompilerServices
Imports System.Runtime.InteropServices
Imports System.Threading

Namespace Constructs.VisualBasic
    ''' <summary>ByRef, which copies in and out where it has to; structures; P/Invoke; the framework's classes for raw memory.</summary>
    Public Module References
        Private Delegate Function Comparison(ByRef a As Integer, ByRef b As Integer) As Integer

        Private Declare Ansi Sub qsort Lib "libc" (items As Integer(), count As UIntPtr, size As UIntPtr, comparison As Comparison)
        Private Declare Ansi Function memcpy Lib "libc" (ByRef target As Integer, ByRef source As Integer, length As IntPtr) As IntPtr

        <DllImport("libc", CharSet:=CharSet.Ansi)>
        Private Function strlen(text As String) As UIntPtr
        End Function

        <DllImport("libc", EntryPoint:="memset")>
        Private Function Fill(target As IntPtr, value As Integer, length As IntPtr) As IntPtr
        End Function

        Public Function ByRefArguments() As String
            Dim local = 1
            Dim array = {1, 2, 3}
            Dim box As New Box With {.Field = 5, .Value = 6}
            Dim text = "12"
            Add(local, 10)
            Add(array(1), local)
            Add(box.Field, 1)
            Add(box.Value, 1)
            Add(box.Items(2), 4)
            Add((local), 100)
            Add(CInt(text), 100)
            Dim late As Object = 3
            Add(CInt(late), 4)
            Swap(array(0), array(2))
            Swap(box, box.Other)
            Return Show.All(local, array, box Is Nothing, text, late)
        End Function

        Public Function Structures() As String
            Dim pair As New Pair With {.A = 1, .B = 2}
            Dim pairs = {pair, pair}
            pairs(1).A = 9
            Change(pairs(0))
            With pairs(1)
                .B += 5
                Add(.A, 1)
            End With
            Dim copy = pairs(0)
            copy.A = 100
            Dim overlay As Overlay
            overlay.Number = 1.5F
            Return Show.All(pairs(0).A, pairs(0).B, pairs(1).A, pairs(1).B, overlay.Bits, pairs(0).Equals(copy), Marshal.SizeOf(Of Pair)())
        End Function

        Public Function RawMemory() As String
            Dim p = Raw.OfValues(1, 2, 3, 4)
            Marshal.WriteInt32(p, 8, 30)
            Marshal.WriteInt64(p + 16, Long.MinValue)
            Dim second = IntPtr.Add(p, 4)
            Dim distance = second.ToInt64() - p.ToInt64()
            Dim pair = Marshal.PtrToStructure(Of Pair)(p)
            pair.A += 1
            Marshal.StructureToPtr(pair, p, False)
            Dim handle = GCHandle.Alloc({1, 2, 3}, GCHandleType.Pinned)
            Marshal.WriteInt32(handle.AddrOfPinnedObject(), 4, 20)
            Dim pinned = DirectCast(handle.Target, Integer())
            Dim number = GCHandle.ToIntPtr(handle)
            Dim same = GCHandle.FromIntPtr(number).Target Is pinned
            handle.Free()
            Dim bytes(7) As Byte
            Marshal.Copy(p, bytes, 0, 8)
            Return Show.All(Marshal.ReadInt32(p), Marshal.ReadInt32(second), Marshal.ReadInt32(p, 8), Marshal.ReadInt64(p, 16), distance, pinned, same, bytes, second = p + 4, p = IntPtr.Zero)
        End Function

        Public Function NativeCalls() As String
            Dim items = {3, 1, 2}
            Dim calls = 0
            qsort(items, New UIntPtr(3UI), New UIntPtr(4UI), Function(ByRef a, ByRef b)
                                                              calls += 1
                                                              Return b.CompareTo(a)
                                                          End Function)
            Dim box As New Box With {.Field = 5}
            memcpy(box.Field, items(0), New IntPtr(4))
            Dim p = Raw.OfValues(1, 2)
            Fill(p, 1, New IntPtr(4))
            Return Show.All(items, calls > 0, box.Field, strlen("four"), Marshal.ReadInt32(p))
        End Function

        Public Function SharedState() As String
            Dim array = {1, 2}
            Dim box As New Box
            Interlocked.Increment(array(0))
            Interlocked.CompareExchange(box.Field, 7, 0)
            Volatile.Write(array(1), 9)
            Dim previous = Interlocked.Exchange(box.Other, box)
            Return Show.All(array, box.Field, previous Is Nothing, box.Other Is box, Volatile.Read(array(1)), Integer.TryParse("5", array(0)), array(0))
        End Function

        Public Function Faults() As String
            Dim none As Box = Nothing
            Return Show.All(
                Show.Fault(Sub() Add(none.Field, 1)), Show.Fault(Sub() Marshal.ReadInt32(IntPtr.Zero)), Show.Fault(Sub() Marshal.WriteByte(Nothing, 1)),
                Show.Fault(Sub() Marshal.Copy(IntPtr.Zero, New Byte(1) {}, 0, 1)), Show.Fault(Sub() Marshal.Copy(Raw.OfValues(1), New Byte(1) {}, 0, -1)),
                Show.Fault(Sub() GCHandle.FromIntPtr(IntPtr.Zero)), Show.Fault(Sub() Add(New Integer() {}(0), 1)))
        End Function

        Public Function Extended() As String
            Dim local = 3
            local.Twice()
            Dim box As New Box With {.Field = 4}
            box.Field.Twice()
            Return Show.All(local, box.Field)
        End Function

        Public Function GenericReferences() As String
            Dim values = {1, 2, 3}
            Dim names = {"a", "b"}
            Exchange(values(0), values(2))
            Exchange(names(0), names(1))
            Dim map As New Dictionary(Of String, Integer) From {{"x", 1}}
            Dim found As Integer
            CollectionsMarshal.GetValueRefOrNullRef(map, "x") += 5
            Return Show.All(values, names, map.TryGetValue("x", found), found, First(Of Pair)({New Pair With {.A = 3}}).A)
        End Function

        <Extension>
        Private Sub Twice(ByRef value As Integer)
            value *= 2
        End Sub

        Private Function First(Of T As Structure)(items As T()) As T
            Return items(0)
        End Function

        Private Sub Exchange(Of T)(ByRef a As T, ByRef b As T)
            Dim c = a
            a = b
            b = c
        End Sub

        Private Sub Add(ByRef value As Integer, other As Integer)
            value += other
        End Sub

        Private Sub Change(ByRef pair As Pair)
            pair = New Pair With {.A = pair.B, .B = pair.A}
        End Sub

        Private Sub Swap(Of T)(ByRef a As T, ByRef b As T)
            Exchange(a, b)
        End Sub

        Private Structure Pair
            Public A As Integer
            Public B As Integer
        End Structure

        <StructLayout(LayoutKind.Explicit)>
        Private Structure Overlay
            <FieldOffset(0)> Public Number As Single
            <FieldOffset(0)> Public Bits As Integer
        End Structure

        Private Class Box
            Public Field As Integer
            Public Other As Box
            Public ReadOnly Items As Integer() = {1, 2, 3}
            Public Property Value As Integer
        End Class
    End Module
End Namespace
