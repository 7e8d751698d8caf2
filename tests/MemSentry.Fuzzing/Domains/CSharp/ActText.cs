using System.Collections.Immutable;
using System.Globalization;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Domains.Vocabulary;
using MemSentry.Fuzzing.Generation.CSharp;

namespace MemSentry.Fuzzing.Domains.CSharp;

/// <summary>Acts as C# statements and expressions. The variable <c>h</c> is a hash of all that the member has seen.</summary>
internal sealed class ActText(ScenarioText scenario, bool isRaw)
{
    private const string Depth = "depth";

    /// <summary>A block without its braces.</summary>
    public string Block(ImmutableArray<Act> block, Site site) => string.Concat(block.Select(act => Statement(act, site)));

    private string Statement(Act act, Site site) => act switch
    {
        Act.Touch { At: var at } touch when site is { IsTrusted: true, IsReader: false } && at % 3 != 0 => Simple(Touch(Way(touch, isSafe: false), touch, site).Write, site),
        Act.Touch or Act.Call or Act.Gate => Simple(Hashed(Value(act, site, isFilter: false)), site),
        Act.Note => Simple("World.Note(h)", site),
        Act.Initialise => Simple(Hashed($"{scenario.Initialised()}.Value"), site),
        Act.Lambda lambda => Simple(Hashed(Lambda(lambda, site)), site),
        Act.Fault fault => Condition(fault.UnlessBit) + Simple(Fault(fault, site), site),
        Act.Again again => Again(again, site),
        Act.If s => $"{Condition(s.Bit)}{{\n{Block(s.Then, site)}}}\nelse\n{{\n{Block(s.Else, site)}}}\n",
        Act.Switch s => $"switch ((h >> {s.Bit}) & 3)\n{{\ncase 0:\n{{\n{Block(s.First, site)}break;\n}}\ncase 1:\n{{\n{Block(s.Second, site)}break;\n}}\n}}\n",
        Act.Loop s => Loop(s, site),
        Act.TryCatch s => Catch(s, site),
        Act.TryFinally s => $"try\n{{\n{Block(s.Body, site)}}}\nfinally\n{{\n{Look(site, "a finally block")}{Block(s.Cleanup, site with { MayLeave = false, IsHandler = false, MayPause = site.MayPause && site.Suspension == Suspension.Async })}}}\n",
        Act.Return s => site.MayLeave ? $"{Condition(s.UnlessBit)}{{ {site.Leave} }}\n" : "",
        Act.Pause => Pause(site),
        _ => throw new NotSupportedException(act.GetType().Name),
    };

    /// <summary>What an act gives: a number, to be hashed or asked by a filter.</summary>
    private string Value(Act act, Site site, bool isFilter) => act switch
    {
        Act.Touch touch when site.IsTrusted => Touch(Way(touch, isFilter && site.IsSuspended), touch, site).Read,
        Act.Touch => $"World.Look(\"{site.Name}\")",
        Act.Call call => Call(call, site, isFilter),
        Act.Gate gate => scenario.Gate(gate, site).With("d", Depth),
        _ => throw new NotSupportedException(act.GetType().Name),
    };

    private string Call(Act.Call call, Site site, bool isFilter)
    {
        CallWay way = Calls.Of(call.Way);
        string code = isFilter && site.IsSuspended && way.IsUnsafe ? Calls.Of(Calls.Plain).Code : way.Code;
        return code.With("f", scenario.Foreign(call, site)).With("d", Depth);
    }

    private TouchWay Way(Act.Touch touch, bool isSafe)
    {
        TouchWay way = Touches.Of(touch.Way);
        return (way.IsUnsafe && isSafe) || (way.IsByFramework && isRaw) ? Touches.Of(Touches.Plain) : way;
    }

    private static (string Read, string Write) Touch(TouchWay way, Act.Touch touch, Site site)
    {
        // A pointer cannot be kept where the member is suspended.
        if (site.IsSuspended && way.Name == "Kept")
            way = Touches.Of(Touches.Plain);
        string Fill(string code) => code.With("r", site.Region).With("i", touch.At.ToString(CultureInfo.InvariantCulture));
        return (Fill(way.Read), Fill(way.Write));
    }

    private string Lambda(Act.Lambda lambda, Site site)
    {
        Site inside = site with { Leave = "return h;", MayLeave = true, MayPause = false, IsHandler = false };
        return $"World.CallBack(depth =>\n{{\nint h = 2;\n{(site.IsTrusted ? "byte* p = null;\n" : "")}{Block(lambda.Body, inside with { Suspension = Suspension.None })}return h;\n}}, depth)";
    }

    private static string Fault(Act.Fault fault, Site site)
    {
        FaultWay way = FaultWays.Of(fault.Way);
        bool isPossible = (!way.NeedsRegion || site.IsTrusted) && (way.Name != FaultWays.Again || site.IsHandler);
        return (isPossible ? way : FaultWays.Of(FaultWays.Plain)).Code.With("r", site.Region);
    }

    private static string Again(Act.Again again, Site site)
    {
        MemberCalls running = site.Running[again.Levels % site.Running.Length];
        return $"if ({Depth} > 0)\n" + Simple(Hashed((site.IsTrusted ? running.Trusted : running.Foreign).With("d", $"({Depth} - 1)")), site);
    }

    private string Loop(Act.Loop loop, Site site)
    {
        string counter = "i" + scenario.Next();
        return string.Create(CultureInfo.InvariantCulture, $"for (int {counter} = 0; {counter} < {loop.Times}; {counter}++)\n{{\n{Block(loop.Body, site)}}}\n");
    }

    private string Catch(Act.TryCatch s, Site site)
    {
        bool isIterator = site.Suspension == Suspension.Iterator;
        Site inside = isIterator ? site with { MayPause = false, MayLeave = false } : site;
        string filter = s.Filter is null ? site.IsTrusted ? "" : Probe(site, "a filter") : $"{Probe(site, "a filter")}(({Value(s.Filter, inside, isFilter: true)}) & 3) != 0";
        return $"try\n{{\n{Block(s.Body, inside)}}}\ncatch ({s.Exception}){(filter.Length == 0 ? "" : $" when ({filter.TrimEnd('&', ' ')})")}\n{{\n{Look(site, "a handler")}{Block(s.Handler, inside with { IsHandler = true })}}}\n";
    }

    private static string Probe(Site site, string place) => site.IsTrusted ? "" : $"World.Look(\"{place} of {site.Name}\") > 0 && ";

    private static string Look(Site site, string place) => site.IsTrusted ? "" : $"World.Look(\"{place} of {site.Name}\");\n";

    private static string Pause(Site site) => (site.MayPause, site.Suspension) switch
    {
        (true, Suspension.Async) => "await Task.Yield();\n",
        (true, Suspension.Iterator) => "yield return h;\n",
        _ => "",
    };

    private static string Hashed(string value) => $"h = h * 31 + {value}";

    private static string Condition(int? unlessBit) => unlessBit is { } bit ? string.Create(CultureInfo.InvariantCulture, $"if (((h >> {bit}) & 1) == 0)\n") : "";

    private static string Simple(string code, Site site) => site.IsSuspended ? $"unsafe {{ {code}; }}\n" : code + ";\n";
}
