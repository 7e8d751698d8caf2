namespace MemSentry.Windows.Naive;

/// <summary>Copies of the program with something left out.</summary>
public static class NaiveProgram
{
    private const string Runtime = "MemSentry.Runtime.dll";

    /// <summary>Makes a copy.</summary>
    /// <returns>Its assembly.</returns>
    /// <exception cref="InvalidOperationException">There was nothing to leave out: the version says nothing.</exception>
    public static string Make(string method, NaiveVersion version, string folder)
    {
        string target = Directory.CreateDirectory(Path.Combine(folder, method, version.Name)).FullName;
        foreach (string file in Directory.EnumerateFiles(WindowProgram.Folder(method)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);

        string program = Path.Combine(target, WindowProgram.FileName);
        if (version.Member is not null)
            NaiveModule.LeaveOut(program, version);
        NaiveModule.ChangeRuntime(Path.Combine(target, Runtime), version);
        return program;
    }
}
