using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>
/// Moves the body of a whitelisted member into a private member beside it, its twin (internal, if whitelisted members of other types call it). The member itself stays what it is to everybody else - its name,
/// signature, attributes, overrides - and becomes the gate.
/// </summary>
internal static class TwinBuilder
{
    private const string Suffix = "|MemSentryTwin";

    /// <summary>Creates the twin, which takes the body and its debug information. The member is left with an empty body.</summary>
    public static MethodDefinition Split(MethodDefinition member)
    {
        MethodDefinition twin = Declare(member);
        member.DeclaringType.Methods.Add(twin);
        MoveBody(member, twin);
        MoveDebugInformation(member, twin);
        return twin;
    }

    /// <summary>Neither is ever inlined: windows are told apart by stack frames, and one that has merged into its caller's has no place of its own.</summary>
    private static MethodDefinition Declare(MethodDefinition member)
    {
        MethodAttributes attributes = MethodAttributes.Private | MethodAttributes.HideBySig | (member.Attributes & MethodAttributes.Static);
        var twin = new MethodDefinition(member.Name + Suffix, attributes, member.ReturnType)
        {
            HasThis = member.HasThis,
            ExplicitThis = member.ExplicitThis,
            ImplAttributes = (member.ImplAttributes & MethodImplAttributes.AggressiveOptimization) | MethodImplAttributes.NoInlining,
        };
        member.ImplAttributes = (member.ImplAttributes & ~MethodImplAttributes.AggressiveInlining) | MethodImplAttributes.NoInlining;
        foreach (GenericParameter parameter in member.GenericParameters)
            twin.GenericParameters.Add(Copy(parameter, twin));
        foreach (ParameterDefinition parameter in member.Parameters)
            twin.Parameters.Add(new ParameterDefinition(parameter.Name, parameter.Attributes & (ParameterAttributes.In | ParameterAttributes.Out), parameter.ParameterType));

        return twin;
    }

    /// <summary>A generic parameter is written as its position, so what names the member's parameters names the twin's as well.</summary>
    private static GenericParameter Copy(GenericParameter parameter, MethodDefinition twin)
    {
        var copy = new GenericParameter(parameter.Name, twin) { Attributes = parameter.Attributes };
        foreach (GenericParameterConstraint constraint in parameter.Constraints)
            copy.Constraints.Add(new GenericParameterConstraint(constraint.ConstraintType));

        return copy;
    }

    private static void MoveBody(MethodDefinition member, MethodDefinition twin)
    {
        MethodBody from = member.Body;
        var to = new MethodBody(twin) { InitLocals = from.InitLocals };
        twin.Body = to;
        foreach (VariableDefinition variable in from.Variables)
            to.Variables.Add(variable);
        foreach (Instruction instruction in from.Instructions)
        {
            if (instruction.Operand is ParameterDefinition parameter)
                instruction.Operand = parameter == from.ThisParameter ? to.ThisParameter : twin.Parameters[parameter.Index];
            to.Instructions.Add(instruction);
        }

        foreach (ExceptionHandler handler in from.ExceptionHandlers)
            to.ExceptionHandlers.Add(handler);

        member.Body = new MethodBody(member) { InitLocals = true };
    }

    private static void MoveDebugInformation(MethodDefinition member, MethodDefinition twin)
    {
        MethodDebugInformation from = member.DebugInformation;
        MethodDebugInformation to = twin.DebugInformation;
        foreach (SequencePoint point in from.SequencePoints)
            to.SequencePoints.Add(point);
        foreach (CustomDebugInformation custom in from.CustomDebugInformations)
            to.CustomDebugInformations.Add(custom);
        foreach (CustomDebugInformation custom in member.CustomDebugInformations)
            twin.CustomDebugInformations.Add(custom);

        (to.Scope, to.StateMachineKickOffMethod) = (from.Scope, from.StateMachineKickOffMethod);
        (from.Scope, from.StateMachineKickOffMethod) = (null, null);
        from.SequencePoints.Clear();
        from.CustomDebugInformations.Clear();
        member.CustomDebugInformations.Clear();
    }
}
