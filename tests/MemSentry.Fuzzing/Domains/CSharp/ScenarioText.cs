using System.Globalization;
using System.Text;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Domains.Vocabulary;
using MemSentry.Fuzzing.Generation.CSharp;

namespace MemSentry.Fuzzing.Domains.CSharp;

/// <summary>A scenario as a C# class. Each gate, and each piece of somebody else's code, becomes a member of its own.</summary>
public sealed class ScenarioText
{
    private readonly StringBuilder _members = new();
    private readonly ActText _acts;
    private int _next;

    private ScenarioText(bool isRaw) => _acts = new(this, isRaw);

    /// <summary>The class.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isRaw">Whether no member of the framework touches regions.</param>
    public static string Of(Scenario scenario, string name, bool isRaw = false)
    {
        var text = new ScenarioText(isRaw);
        var outside = new Site("", "return h;");
        string body = text.Foreign(new Act.Call(Calls.Plain, scenario.Body), outside);
        string observer = scenario.Observer.IsEmpty ? "null" : text.Foreign(new Act.Call(Calls.Plain, scenario.Observer), outside);
        return $"internal static class {name}\n{{\npublic static string Run() => World.Run({body}, {observer});\n{text._members}}}\n";
    }

    /// <summary>A number of its own.</summary>
    internal string Next() => (_next++).ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes a member of somebody else's code.</summary>
    /// <returns>Its name.</returns>
    internal string Foreign(Act.Call call, Site from)
    {
        string name = "F" + Next();
        string again = $"{name}({{d}})";
        var site = new Site(name, "return h;") { Running = from.Running.Insert(0, new(again, again)) };
        string body = _acts.Block(call.Body, site);
        _members.Append(CultureInfo.InvariantCulture, $"static unsafe int {name}(int depth)\n{{\nint h = {name.Length};\nWorld.Look(\"{name}\");\nif (!World.Burn()) return h;\n{body}{site.Leave}\n}}\n");
        return name;
    }

    /// <summary>Makes a whitelisted member.</summary>
    /// <returns>How to call it from there.</returns>
    internal string Gate(Act.Gate gate, Site from)
    {
        string number = Next();
        GateShape shape = GateShapes.Of(gate.Shape);
        string call = shape.Call.With("n", number);
        string outside = "E" + number + "({d})";
        var site = new Site("G" + number, shape.Leave)
        {
            IsTrusted = true,
            IsOther = gate.IsOther,
            IsReader = gate.IsReader,
            Suspension = shape.Suspension,
            Running = from.Running.Insert(0, new(call, outside)),
        };
        string variables = site.IsSuspended ? "int h = 1;\n" : "int h = 1;\nbyte* p = null;\n";
        string attribute = $"[SafeRegionAccess({(gate.IsReader ? "RegionAccess.Read" : "RegionAccess.ReadWrite")}{(gate.IsOther ? ", Domain = \"b\"" : "")})]";
        string body = _acts.Block(gate.Body, site);
        _members.Append(CultureInfo.InvariantCulture, $"{shape.Declaration.With("a", attribute).With("n", number)}\n{{\n{variables}{body}{shape.Leave}\n}}{shape.End}\n");
        _members.Append(
            CultureInfo.InvariantCulture,
            $"static int E{number}(int depth)\n{{\nWorld.Enter();\ntry {{ return {call.With("d", "depth")}; }} finally {{ World.Leave(\"what follows G{number}\"); }}\n}}\n");
        return from.IsTrusted ? call : outside;
    }

    /// <summary>Makes a class that has a static constructor.</summary>
    /// <returns>Its name.</returns>
    internal string Initialised()
    {
        string name = "C" + Next();
        _members.Append(CultureInfo.InvariantCulture, $"static class {name}\n{{\npublic static int Value;\nstatic {name}() {{ Value = 3; World.Peek(\"{name}\"); }}\n}}\n");
        return name;
    }
}
