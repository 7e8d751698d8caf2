using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemSentry.CompilerServices;

/// <summary>What gates of whitelisted members call, before they open for the first time, for the bodies behind them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WindowBody
{
    private const string Suffix = "|MemSentryTwin";

    /// <summary>
    /// Has the JIT compile a body. If it cannot, the process ends: the gate asks in a static constructor, whose exception .NET would hand on as that of a type which nobody has
    /// written, and to compile it in the window after all is what must not happen.
    /// </summary>
    /// <param name="body">The body.</param>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever keeps it from being compiled, resolvers of assemblies included, means the same.")]
    public static void Prepare(RuntimeMethodHandle body)
    {
        try
        {
            RuntimeHelpers.PrepareMethod(body);
        }
        catch (Exception cause)
        {
            Environment.FailFast(
                $"MS{(int)RuntimeCode.BodyNotCompiled}: The whitelisted member {NameOf(body)} cannot be compiled, which it must be before its window opens " +
                $"({cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ").TrimEnd('.')}); put what it needs beside the program, or move the code that needs it into a member that is not whitelisted.");
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What cannot be compiled, cannot always be named.")]
    private static string NameOf(RuntimeMethodHandle body)
    {
        try
        {
            MethodBase? method = MethodBase.GetMethodFromHandle(body);
            return method is null ? "behind a gate" : $"'{method.DeclaringType?.FullName}::{method.Name.Replace(Suffix, "", StringComparison.Ordinal)}'";
        }
        catch (Exception)
        {
            return "behind a gate";
        }
    }
}
