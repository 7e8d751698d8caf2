namespace MemSentry.Verifier.Facts;

/// <summary>The user's own list of whom to trust: the <c>member</c> and <c>access</c> lines of a file; <c>#</c> starts a comment.</summary>
internal static class UserWhitelist
{
    /// <summary>Compares the stored trust list with the user's file.</summary>
    /// <exception cref="RejectionException">The file cannot be read.</exception>
    public static IEnumerable<Finding> Compare(TrustList stored, string file)
    {
        HashSet<string> wanted = [.. Lines(file).Select(l => l.Split('#')[0].Trim())];
        return stored.Entries.Where(e => !wanted.Contains(e)).Select(e =>
            new Finding(VerifierCode.NotOnWhitelist, $"The assembly trusts '{e}', which '{file}' does not list; add the line, or remove the trust and weave again."));
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RejectionException(VerifierCode.WhitelistUnreadable, $"The whitelist '{file}' cannot be read; check the path and its permissions.");
        }
    }
}
