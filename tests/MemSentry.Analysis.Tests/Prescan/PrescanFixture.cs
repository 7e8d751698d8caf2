using System.Reflection;
using System.Reflection.Emit;
using MemSentry.Analysis.Prescan;
using MemSentry.Analysis.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;
using ReaderParameters = Mono.Cecil.ReaderParameters;

namespace MemSentry.Analysis.Tests.Prescan;

/// <summary>What the prescan settles in small modules, made from C# or from instructions.</summary>
internal static class PrescanFixture
{
    private const string Usings = """
        global using System;
        global using System.Runtime.CompilerServices;
        global using System.Runtime.InteropServices;
        global using System.Threading;

        """;

    /// <summary>The names of the settled members of a type <c>Subject</c>, sorted.</summary>
    public static string[] Settled(string source) => Settled(CSharpFixture.CompileToImage(OptimizationLevel.Release, Usings, source));

    /// <summary>Whether a static member <c>int M(object, long)</c> with the given instructions is settled.</summary>
    /// <param name="write">Writes the instructions; it is given the field <c>int Subject.Field</c> and the member itself.</param>
    public static bool IsSettled(Action<ILGenerator, FieldInfo, MethodInfo> write)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Made"), typeof(object).Assembly);
        TypeBuilder subject = assembly.DefineDynamicModule("Made").DefineType("Subject", TypeAttributes.Public);
        FieldBuilder field = subject.DefineField("Field", typeof(int), FieldAttributes.Public);
        MethodBuilder method = subject.DefineMethod("M", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(object), typeof(long)]);
        write(method.GetILGenerator(), field, method);
        subject.CreateType();
        var image = new MemoryStream();
        assembly.Save(image);
        return Settled(image.ToArray()).Contains("M");
    }

    private static string[] Settled(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image, writable: false), new ReaderParameters { AssemblyResolver = FrameworkResolver.Create() });
        return [.. SettledMembers.In(module, image).Keys.Where(m => m.DeclaringType.Name == "Subject").Select(m => m.Name).Where(n => n != ".ctor").Order(StringComparer.Ordinal)];
    }
}
