Imports System
Imports System.Collections
Imports System.Globalization
Imports System.Linq
Imports System.Runtime.InteropServices

Namespace Constructs.VisualBasic
    ''' <summary>Native memory, which Visual Basic reaches through <see cref="IntPtr"/> and the framework.</summary>
    Friend Module Raw
        Public Function OfValues(ParamArray values As Integer()) As IntPtr
            Dim p = Marshal.AllocHGlobal((values.Length + 4) * 4)
            Marshal.Copy(values, 0, p, values.Length)
            Return p
        End Function
    End Module

    Friend Module Show
        Public Function All(ParamArray values As Object()) As String
            Return String.Join(" ", values.Select(AddressOf One))
        End Function

        Public Function Fault(action As Action) As String
            Try
                action()
                Return "nothing"
            Catch e As Exception
                Return e.GetType().Name
            End Try
        End Function

        Private Function One(value As Object) As String
            If value Is Nothing Then Return "null"
            If TypeOf value Is String Then Return CStr(value)
            If TypeOf value Is IFormattable Then Return DirectCast(value, IFormattable).ToString(Nothing, CultureInfo.InvariantCulture)
            If TypeOf value Is IEnumerable Then Return "[" & String.Join(",", DirectCast(value, IEnumerable).Cast(Of Object)().Select(AddressOf One)) & "]"
            Return value.ToString()
        End Function
    End Module
End Namespace
