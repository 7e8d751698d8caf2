using Mono.Cecil;

namespace MemSentry.AccessTable.Tests.Framework;

/// <summary>The table against the framework, in both directions. A new framework version that adds or renames members fails here.</summary>
[TestFixture]
internal sealed class CoverageTests
{
    [Test]
    public void Every_framework_member_that_deals_in_addresses_is_listed_or_exempt_with_a_reason()
    {
        int enumerated = 0;
        int exempt = 0;
        var missing = new List<string>();
        foreach (MethodDefinition method in AddressMembers.Methods)
        {
            ApiContract? contract = ApiTable.Find(method);
            enumerated++;
            exempt += contract?.IsExempt == true ? 1 : 0;
            missing.AddRange(Faults(method, contract).Select(f => $"{f}: {method.FullName}"));
        }

        int fields = 0;
        foreach (FieldDefinition field in AddressMembers.Fields)
        {
            ApiContract? contract = ApiTable.Find(field);
            fields++;
            exempt += contract?.IsExempt == true ? 1 : 0;
            missing.AddRange(contract is null ? [$"not listed: {field.FullName}"] : []);
        }

        int all = enumerated + fields;
        TestContext.Out.WriteLine(
            $"{all} members ({enumerated} methods, {fields} fields): {all - exempt} listed, {exempt} exempt with a reason, {missing.Count} faults");
        Assert.That(enumerated, Is.GreaterThan(3000), "the enumeration itself must not go empty");
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_row_is_the_first_to_match_some_framework_member()
    {
        var met = new HashSet<(string, ApiRow)>();
        foreach (MethodDefinition method in FrameworkSurface.Methods)
        {
            if (ApiTable.Find(method) is { } contract)
            {
                met.Add((contract.Type.Name, contract.Row));
            }
        }

        foreach (FieldDefinition field in FrameworkSurface.Fields)
        {
            if (ApiTable.Find(field) is { } contract)
            {
                met.Add((contract.Type.Name, contract.Row));
            }
        }

        IEnumerable<string> unmet =
            from type in ApiTable.Types
            from row in type.Rows
            where !row.IsDefault && !met.Contains((type.Name, row))
            select $"{type.Name}::{row}";
        TestContext.Out.WriteLine($"{ApiTable.Types.Count} types, {ApiTable.Types.Sum(t => t.Rows.Count)} rows");
        Assert.That(unmet, Is.Empty);
    }

    [Test]
    public void Every_exempt_operand_has_a_reason_and_no_other_has_one()
    {
        IEnumerable<string> wrong =
            from method in AddressMembers.Methods
            let contract = ApiTable.Find(method)
            where contract is not null
            from operand in contract.Operands
            where operand.Role == OperandRole.Exempt == string.IsNullOrWhiteSpace(operand.Reason)
            select $"{method.FullName} operand {operand.Index}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Members_that_anyone_can_override_promise_no_access_of_their_own()
    {
        OperandRole[] promises =
        [
            OperandRole.Load, OperandRole.Store, OperandRole.LoadAndStore, OperandRole.CopySource, OperandRole.CopyDestination, OperandRole.Fill,
            OperandRole.Exempt,
        ];
        IEnumerable<string> wrong =
            from method in AddressMembers.Methods
            where method.IsVirtual && !method.IsFinal && !method.DeclaringType.IsSealed
            let contract = ApiTable.Find(method)
            where contract is not null && contract.Operands.Any(o => promises.Contains(o.Role))
            select method.FullName;

        Assert.That(wrong, Is.Empty);
    }

    private static IEnumerable<string> Faults(MethodDefinition method, ApiContract? contract)
    {
        if (contract is null or { Row.IsDefault: true })
        {
            yield return "not listed";
            yield break;
        }

        foreach (int operand in contract.NotNamed)
        {
            yield return $"operand {operand} has no role";
        }

        var known = new HashSet<int>(contract.Operands.SelectMany(Numbers));
        known.UnionWith(contract.Result.Displacement is { } moved ? [moved.Operand] : []);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            if (AddressMembers.IsAddress(parameter.ParameterType) && !known.Contains(parameter.Index))
            {
                yield return $"operand {parameter.Index} is lost";
            }
        }

        if (AddressMembers.IsPointerOrReference(method.ReturnType) && contract.Result.Kind == ResultKind.Unrelated)
        {
            yield return "the result is an address";
        }
    }

    private static IEnumerable<int> Numbers(ApiOperand operand) =>
    [
        operand.Index,
        .. operand.Extent.Kind is ExtentKind.Counted or ExtentKind.Lanes ? [operand.Extent.Count.Operand] : Array.Empty<int>(),
        .. operand.Displacement is { } moved ? [moved.Operand] : Array.Empty<int>(),
    ];
}
