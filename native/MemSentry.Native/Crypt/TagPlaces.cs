namespace MemSentry.Native.Crypt;

/// <summary>Gives each region a place for its tag.</summary>
/// <remarks>
/// The lists lie in ordinary memory. Who rewrites them can have two regions share a place: then the close of one makes the other's tag
/// wrong, and its open ends the process.
/// </remarks>
internal static class TagPlaces
{
    private const int FileLength = 65536;
    private const int TagLength = 16;

    private static readonly Lock Gate = new();
    private static readonly Stack<TagPlace> Free = new();

    /// <summary>Takes a place.</summary>
    public static SystemCallFailure? Take(out TagPlace place)
    {
        lock (Gate)
        {
            if (Free.Count == 0)
            {
                SystemCallFailure? failure = TagFile.Create(FileLength, out ulong address, out int file);
                if (failure is not null)
                {
                    place = default;
                    return failure;
                }

                for (int offset = FileLength - TagLength; offset >= 0; offset -= TagLength)
                {
                    Free.Push(new TagPlace(address + (ulong)offset, file, offset));
                }
            }

            place = Free.Pop();
            return null;
        }
    }

    /// <summary>Gives a place back. Its tag stays; the next region does not know the key that made it.</summary>
    public static void Return(TagPlace place)
    {
        lock (Gate)
        {
            Free.Push(place);
        }
    }
}
