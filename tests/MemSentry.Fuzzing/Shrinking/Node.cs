using System.Collections;
using System.Reflection;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Generation.Tree;
using Pointer = MemSentry.Fuzzing.Generation.Tree.Pointer;

namespace MemSentry.Fuzzing.Shrinking;

/// <summary>
/// The parts of a node of the tree, whatever its type: the arguments of a record's constructor, which are its properties. So a new kind of statement or
/// expression needs no word here.
/// </summary>
internal static class Node
{
    /// <summary>The parts of a node that are of a type, each with a way to make the node anew with another part in its place.</summary>
    public static IEnumerable<(T Part, Func<T, TNode> With)> Parts<TNode, T>(TNode node)
        where TNode : class
    {
        ConstructorInfo constructor = Constructor(node.GetType());
        ParameterInfo[] parameters = constructor.GetParameters();
        object?[] values = [.. parameters.Select(p => node.GetType().GetProperty(p.Name!)!.GetValue(node))];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is T part)
            {
                int at = i;
                yield return (part, other => (TNode)constructor.Invoke([.. values[..at], other, .. values[(at + 1)..]]));
            }
        }
    }

    /// <summary>How large a tree is. Zero and the plainest pointers are smaller than other leaves, so that a shrinker gets to them.</summary>
    public static int Size(object? node) => node switch
    {
        null => 0,
        Number.Constant { Value: 0 } => 0,
        Pointer.Near or Pointer.Target => 1,
        Statement or Number or Pointer => 2 + Values(node).Sum(Size),
        // What is plain, and two rounds of a loop, weigh nothing, so that a shrinker gets to them.
        Act => 2 + Values(node).Sum(v => v is "Plain" or 2 ? 0 : v is string or int or true ? 1 : Size(v)),
        IEnumerable parts and not string => parts.Cast<object?>().Sum(Size),
        _ => 0,
    };

    private static IEnumerable<object?> Values(object node) =>
        Constructor(node.GetType()).GetParameters().Select(p => node.GetType().GetProperty(p.Name!)!.GetValue(node));

    // A record has a second one, which copies.
    private static ConstructorInfo Constructor(Type type) => type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
}
