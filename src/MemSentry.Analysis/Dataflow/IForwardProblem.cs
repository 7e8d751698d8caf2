namespace MemSentry.Analysis.Dataflow;

/// <summary>
/// A forward dataflow problem over the points of a member. The framework (<see cref="ForwardSolver"/>) knows nothing of it.
/// <para>
/// Laws, which the solver relies on: <see cref="Join"/> computes the least upper bound of a semi-lattice without infinite ascending
/// chains (associative, commutative, idempotent); <see cref="Transfer"/> and <see cref="EnterHandler"/> are monotone.
/// </para>
/// <para>
/// Example: to know which variables are surely assigned, a state is a set of variables, Join is intersection, Transfer adds the variable
/// that the instruction assigns. After <c>if (c) x = 1; else y = 2;</c> the join of {x} and {y} is {}: neither is sure.
/// </para>
/// </summary>
/// <typeparam name="TState">A mutable state; the solver copies it where two paths need their own.</typeparam>
public interface IForwardProblem<TState>
    where TState : class
{
    /// <summary>The state before the first instruction.</summary>
    TState AtEntry();

    /// <summary>An independent copy.</summary>
    TState Copy(TState state);

    /// <summary>Changes the state before an instruction into the state after it.</summary>
    void Transfer(int instruction, TState state);

    /// <summary>Whether <see cref="EnterHandler"/> may give another result after this instruction than before it.</summary>
    bool MattersToHandlers(int instruction);

    /// <summary>The state at the entry of a handler or filter, when the exception was raised in the given state.</summary>
    /// <param name="raised">The state where the exception was raised; not changed.</param>
    /// <param name="pushesException">Whether the entry finds the exception on its evaluation stack.</param>
    TState EnterHandler(TState raised, bool pushesException);

    /// <summary>Turns the state at a <c>leave</c> or <c>endfinally</c> into the one its continuation sees: an empty evaluation stack.</summary>
    void ClearStack(TState state);

    /// <summary>
    /// The state with which an edge enters a block, where it matters which block that is. By default it does not. The result must not share anything that
    /// changes with <paramref name="state"/>, unless it is that state.
    /// </summary>
    /// <param name="state">The state at the other end of the edge; not changed.</param>
    /// <param name="block">The block, by its index.</param>
    TState Arrive(TState state, int block) => state;

    /// <summary>Makes <paramref name="into"/> the least upper bound of both.</summary>
    /// <returns>Whether <paramref name="into"/> changed.</returns>
    bool Join(TState into, TState from);
}
