namespace MemSentry.Analysis.Tests.Prescan;

/// <summary>What the prescan settles, and what it leaves to the analysis although a compiler would write it. The names say why.</summary>
[TestFixture]
internal sealed class SettledMemberTests
{
    [Test]
    public void Numbers_objects_arrays_and_fresh_references_are_settled() => Assert.That(
        PrescanFixture.Settled("""
            public class Subject
            {
                private int _count;
                private string _name = "";
                private event Action? Changed;
                private struct Pair { public int A; public long B; public int Sum() => A + (int)B; }

                public int Loop(int[] numbers) { int sum = 0; for (int i = 0; i < numbers.Length; i++) sum += numbers[i]; return sum; }
                public string Text(int number) => _name + number.ToString() + (number > 3 ? "big" : "small");
                public void Count() { Interlocked.Increment(ref _count); }
                public int Structure() { var pair = new Pair { A = 1, B = 2 }; return pair.Sum(); }
                public int Parsed(string text) { int.TryParse(text, out int number); return number; }
                public object Boxed(double d) => d;
                public T Generic<T>(T value, T[] all) { all[0] = value; return all[^1]; }
                public int Guarded(string text) { try { return int.Parse(text); } catch (FormatException) { return -1; } finally { _count++; } }
                public void Subscribe(Action action) => Changed += action;
            }
            """),
        Is.EqualTo(["Boxed", "Count", "Generic", "Guarded", "Loop", "Parsed", "Structure", "Subscribe", "Text", "add_Changed", "remove_Changed"]));

    [TestCase("unsafe int Keeps_pointer_parameter(int* p) => *p;")]
    [TestCase("unsafe int Keeps_pointer_field() => *Pointer;")]
    [TestCase("int Keeps_reference_parameter_that_native_code_may_pass(ref int x) => x;")]
    [TestCase("nint Keeps_native_integer(nint x) => x + 1;")]
    [TestCase("int Keeps_number_that_becomes_an_address(long x) { unsafe { return *(int*)x; } }")]
    [TestCase("int Keeps_span(Span<int> x) => x[0];")]
    [TestCase("int Keeps_structure_with_a_reference(Holder h) => h.Reference;")]
    [TestCase("int Keeps_reference_in_a_variable() { ref int r = ref Number; for (int i = 0; i < 3; i++) r += i; return r; }")]
    [TestCase("void Keeps_reference_where_paths_meet(bool b) { (b ? ref Number : ref Other) = 1; }")]
    [TestCase("int Keeps_reference_that_a_call_returns() => Any(ref Number);")]
    [TestCase("Action Keeps_entry_of_a_member() => Nothing;")]
    [TestCase("unsafe int Keeps_stack_allocation() { int* p = stackalloc int[2]; return p[1]; }")]
    [TestCase("unsafe void Keeps_indirect_call() => Function();")]
    [TestCase("void Keeps_length_that_a_buffer_remembers(SafeBuffer b) => b.Initialize(1UL << 50);")]
    [TestCase("object? Keeps_handle(GCHandle h) => h.Target;")]
    [TestCase("object? Keeps_handle_in_a_nullable(GCHandle? h) => h!.Value;")]
    [TestCase("int Keeps_displaced_reference() => Unsafe.Add(ref Number, 5);")]
    [TestCase("int Keeps_filter(string s) { try { return int.Parse(s); } catch (Exception e) when (e.Message == s) { return 0; } }")]
    [TestCase("string Keeps_type_parameter_for_ref_structs<T>(T x) where T : allows ref struct => typeof(T).Name + Show(x);")]
    [TestCase("string Keeps_name_of_a_member_with_a_pointer() => \"Pointed\"; static unsafe void Pointed(int* p) { }")]
    [TestCase("void Keeps_native_integer_in_an_array(nint[] a) => a[0] = a[1];")]
    [TestCase("string? Keeps_pointer_that_the_framework_takes() { unsafe { return new string((char*)null); } }")]
    [TestCase("int Keeps_field_of_a_field_by_reference() => Nested.Inner.Value.CompareTo(1);")]
    public void What_may_need_a_check_is_kept_for_the_analysis(string member) => Assert.That(
        PrescanFixture.Settled($$"""
            public struct Inner { public int Value; }
            public struct Outer { public Inner Inner; }
            public ref struct Holder { public ref int Reference; }
            public class Subject
            {
                public static unsafe int* Pointer;
                public static unsafe delegate*<void> Function;
                public int Number, Other;
                public Outer Nested;
                public static ref int Any(ref int x) => ref x;
                public static string Show<T>(T x) where T : allows ref struct => "";
                public static void Nothing() { }
                public {{member}}
            }
            """).Where(name => name.StartsWith("Keeps", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void What_whitelists_could_stand_in_is_kept_for_the_analysis() => Assert.That(
        PrescanFixture.Settled("""
            namespace MemSentry { public sealed class SafeRegionAccessAttribute : Attribute; }
            public class Subject { public int One() => 1; }
            """),
        Is.Empty);
}
