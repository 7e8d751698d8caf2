Imports Microsoft.VisualBasic
Imports System
Imports System.Collections.Generic
Imports System.Linq
Imports System.Runtime.InteropServices
Imports System.Threading.Tasks

Namespace Constructs.VisualBasic
    ''' <summary>What only Visual Basic has: On Error, filters, static locals, late binding, events with handlers, iterators and asynchronous members.</summary>
    Public Module Statements
        Public Function OnErrorResume() As String
            Dim p = Raw.OfValues(1, 0)
            Dim log As New List(Of Integer)
            On Error Resume Next
            log.Add(Marshal.ReadInt32(p) \ Marshal.ReadInt32(p, 4))
            log.Add(Err.Number)
            Marshal.WriteInt32(IntPtr.Zero, 1)
            log.Add(Err.Number)
            On Error GoTo Handler
            log.Add(Marshal.ReadInt32(p) \ Marshal.ReadInt32(p, 4))
            log.Add(5)
            Return Show.All(log)
Handler:
            Marshal.WriteInt32(p, 4, 1)
            log.Add(-1)
            Resume
        End Function

        Public Function Filters() As String
            Dim p = Raw.OfValues(1, 2, 3)
            Dim log = ""
            For i = 0 To 2
                Try
                    Try
                        Throw New ArgumentException(i.ToString())
                    Catch e As ArgumentException When Marshal.ReadInt32(p, i * 4) = 2
                        log &= "a"
                    Catch e As Exception When Count(p) AndAlso e.Message = "2"
                        log &= "b"
                    Finally
                        Marshal.WriteInt32(p, 8, Marshal.ReadInt32(p, 8) + 10)
                    End Try
                Catch When i = 0
                    log &= "c"
                End Try
            Next
            Return Show.All(log, Marshal.ReadInt32(p), Marshal.ReadInt32(p, 8))
        End Function

        Public Function StaticLocals() As String
            Return Show.All(NextNumber(2), NextNumber(3) > NextNumber(-100))
        End Function

        Public Function LateBound() As String
            Dim o As Object = New Holder With {.Value = 3}
            o.Value += 4
            Dim result = o.Twice(o.Value)
            Dim array As Object = New Integer() {1, 2}
            array(1) = 7
            Dim first = 1
            o.Change(first)
            Return Show.All(o.Value, result, array(1), first)
        End Function

        Public Function Loops() As String
            Dim p = Raw.OfValues(5, 4, 3, 2, 1)
            Dim sum = 0
            For i As Integer = 4 To 0 Step -2
                sum += Marshal.ReadInt32(p, i * 4)
            Next
            Do While Marshal.ReadInt32(p) > 0
                Marshal.WriteInt32(p, Marshal.ReadInt32(p) - 2)
                If Marshal.ReadInt32(p) = 1 Then Exit Do
            Loop
            For Each n In {1, 2, 3}
                If n = 2 Then Continue For
                sum += n
            Next
            Select Case Marshal.ReadInt32(p, 4)
                Case 1, 2
                    sum = -1
                Case 3 To 5
                    sum += 100
                Case Is > 10
                    sum = -2
            End Select
            Dim text = "abcdef"
            Mid(text, 2, 2) = "XY"
            Dim matrix(1, 2) As Integer
            matrix(1, 2) = sum
            ReDim Preserve matrix(1, 3)
            Return Show.All(sum, Marshal.ReadInt32(p), text, matrix(1, 2), matrix.Length)
        End Function

        Public Async Function Asynchronous() As Task(Of String)
            Dim p = Raw.OfValues(1, 2, 3)
            Dim sum = 0
            For i = 0 To 2
                Await Task.Yield()
                sum += Marshal.ReadInt32(p, i * 4)
            Next
            Try
                Await Task.Yield()
                Throw New InvalidOperationException("x")
            Catch e As InvalidOperationException When Marshal.ReadInt32(p) = 1
                sum += 100
            Finally
                Marshal.WriteInt32(p, 0)
            End Try
            Dim read = Async Function(i As Integer)
                           Await Task.Yield()
                           Return Marshal.ReadInt32(p, i)
                       End Function
            Return Show.All(sum, Await read(4), Await read(0))
        End Function

        Public Function IteratorsAndQueries() As String
            Dim p = Raw.OfValues(3, 1, 2)
            Dim squares = From i In Numbers(p, 3) Where i > 1 Order By i Select i * i
            Dim grouped = From i In Numbers(p, 3) Group By Odd = i Mod 2 Into Sum(i) Order By Odd Select Sum
            Return Show.All(squares, grouped, Numbers(p, 3).Aggregate(Function(a, b) a * 10 + b))
        End Function

        Public Function Events() As String
            Dim source As New Source
            Dim sink As New Sink With {.Origin = source}
            AddHandler source.Raised, Sub(ByRef value As Integer) value *= 2
            Dim number = 5
            source.Fire(number)
            Return Show.All(number, sink.Seen)
        End Function

        Public Function CheckedArithmetic() As String
            Dim p = Raw.OfValues(Integer.MaxValue)
            Return Show.All(
                Show.Fault(Sub() Marshal.WriteInt32(p, Marshal.ReadInt32(p) + 1)), Show.Fault(Sub() Marshal.WriteByte(p, CByte(Marshal.ReadInt32(p)))),
                CInt(2.5), CInt(3.5), 7 \ 2, -7 Mod 3, 2 ^ 3, "5" + 3, If(Marshal.ReadInt32(p) > 0, 1, 0), If(CType(Nothing, Integer?), 4), True And (Marshal.ReadInt32(p) > 0))
        End Function

        Public Function Blocks() As String
            Dim holder As New Holder With {.Value = 1}
            Using holder
                SyncLock holder
                    holder.Value += 5
                End SyncLock
            End Using
            Dim total = 0
            Dim add = Sub(ByRef value As Integer) value += holder.Value
            add(total)
            Dim nested = Function(i As Integer) Function(j As Integer) i + j + total
            Return Show.All(holder.Value, total, nested(1)(2), (1, "a").Item2, $"{total,4}|{holder.Value:D3}", #1/2/2020#.Year, <a><%= total %></a>.Value)
        End Function

        Private Iterator Function Numbers(p As IntPtr, count As Integer) As IEnumerable(Of Integer)
            Try
                For i = 0 To count - 1
                    Yield Marshal.ReadInt32(p, i * 4)
                Next
            Finally
                Marshal.WriteInt32(p, count * 4, 99)
            End Try
        End Function

        Private Function NextNumber([step] As Integer) As Integer
            Static last As Integer = 10
            last += [step]
            If [step] < 0 Then last = 10
            Return last
        End Function

        Private Function Count(p As IntPtr) As Boolean
            Marshal.WriteInt32(p, Marshal.ReadInt32(p) + 1)
            Return True
        End Function

        Private Delegate Sub Changer(ByRef value As Integer)

        Private Class Source
            Public Event Raised As Changer

            Public Sub Fire(ByRef value As Integer)
                RaiseEvent Raised(value)
            End Sub
        End Class

        Private Class Sink
            Public WithEvents Origin As Source
            Public Seen As Integer

            Private Sub WhenRaised(ByRef value As Integer) Handles Origin.Raised
                Seen = value
                value += 1
            End Sub
        End Class

        Public Class Holder
            Implements IDisposable

            Public Property Value As Integer

            Public Function Twice(i As Integer) As Integer
                Return i * 2
            End Function

            Public Sub Change(ByRef i As Integer)
                i += Value
            End Sub

            Public Sub Dispose() Implements IDisposable.Dispose
                Value *= 10
            End Sub
        End Class
    End Module
End Namespace
