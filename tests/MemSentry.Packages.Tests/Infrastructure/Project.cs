namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>One project of a workspace.</summary>
/// <param name="Name">Its name, and that of its folder and assembly.</param>
/// <param name="Sources">Files out of <c>Programs/</c>.</param>
internal sealed record Project(string Name, params IReadOnlyList<string> Sources)
{
    public string Sdk { get; init; } = "Microsoft.NET.Sdk";

    /// <summary>C# or F#.</summary>
    public string Extension { get; init; } = "csproj";

    /// <summary>Elements for a PropertyGroup.</summary>
    public string Properties { get; init; } = "<OutputType>Exe</OutputType>";

    /// <summary>Elements for an ItemGroup.</summary>
    public string Items { get; init; } = Workspace.Weaver;

    public string File => $"{Name}.{Extension}";

    public string Text => $"""
        <Project Sdk="{Sdk}">
          <PropertyGroup>
            {Properties}
          </PropertyGroup>
          <ItemGroup>
            {Items}
          </ItemGroup>
        </Project>
        """;
}
