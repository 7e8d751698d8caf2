using MemSentry.Allocation;

namespace MemSentry.Runtime.Tests;

public sealed class SizeClassesTests
{
    [Test]
    public void Every_length_gets_the_smallest_class_that_holds_it()
    {
        for (ulong length = 1; length <= SizeClasses.Largest; length++)
        {
            int found = SizeClasses.Find(length, 1);
            Assert.That(SizeClasses.LengthOf(found), Is.GreaterThanOrEqualTo(length));
            Assert.That(found == 0 || SizeClasses.LengthOf(found - 1) < length);
        }
    }

    [Test]
    public void A_class_serves_an_alignment_only_if_all_its_slots_have_it([Values(1UL, 16UL, 64UL, 512UL, 4096UL)] ulong alignment)
    {
        for (ulong length = 1; length <= SizeClasses.Largest; length += 7)
        {
            Assert.That(SizeClasses.LengthOf(SizeClasses.Find(length, alignment)) % alignment, Is.Zero);
        }
    }

    [Test]
    public void What_is_too_large_or_too_aligned_gets_pages()
    {
        Assert.That(SizeClasses.Find(SizeClasses.Largest + 1, 1), Is.EqualTo(-1));
        Assert.That(SizeClasses.Find(1, 8192), Is.EqualTo(-1));
    }
}
