using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading;

namespace Windows;

/// <summary>Everybody else: it runs scenarios, notes what can be seen of them, and looks at the regions wherever it runs. None of it is whitelisted.</summary>
public static class World
{
    private const int Fuel = 300;
    private const int Depth = 2;

    public static readonly int[] Numbers = { 1, 2, 3 };
    public static readonly byte[] Data = { 1, 2, 3, 4 };
    public static int[] Nothing;

    /// <summary>Says of an address whether the region there is open; the runner's.</summary>
    public static Func<IntPtr, bool> IsOpen;

    /// <summary>Whether windows stay open for code that a whitelisted member calls; exceptions close them all the same.</summary>
    public static bool StaysOpenForCallees;

    /// <summary>Where a region was open.</summary>
    public static readonly List<string> Leaks = new List<string>();

    private static readonly StringBuilder Trace = new StringBuilder();
    private static readonly IntPtr[] Addresses = AddressesOf();
    private static Func<int, int> _observer;
    private static Thread _thread;
    private static bool _isRunning;
    private static bool _isObserving;
    private static int _inside;
    private static int _fuel;

    /// <summary>How often it has looked.</summary>
    public static long Looks { get; private set; }

    /// <summary>How often code that is not whitelisted has called a member that is.</summary>
    public static long Gates { get; private set; }

    /// <summary>Observes exceptions, as anybody may once the runtime has started.</summary>
    public static void Start() => AppDomain.CurrentDomain.FirstChanceException += Observe;

    /// <summary>Runs a scenario.</summary>
    /// <returns>All that can be seen of it.</returns>
    public static string Run(Func<int, int> body, Func<int, int> observer)
    {
        Regions.Fill();
        Trace.Clear();
        Leaks.Clear();
        (_thread, _observer, _isObserving, _inside, _fuel, Numbers[0]) = (Thread.CurrentThread, observer, false, 0, Fuel, 1);
        long before = Looks;
        _isRunning = true;
        try
        {
            Trace.Append(body(Depth));
        }
        catch (Exception e) when (Look("the runner's filter") > 0)
        {
            Say(e);
        }

        _isRunning = false;
        Look("what follows");
        Trace.Append(", ").Append(Looks - before).Append(" looks, ").Append(Numbers[0]).Append(' ').Append(Regions.Content());
        Look("what follows the end");
        return Trace.ToString();
    }

    /// <summary>Looks from outside.</summary>
    public static int Look(string place)
    {
        Looks++;
        return Peek(place);
    }

    /// <summary>The same, at a time that is not the same in a woven program.</summary>
    public static int Peek(string place)
    {
        if (!StaysOpenForCallees || _inside == 0)
            Judge(place);
        return 1;
    }

    public static void Note(int value)
    {
        Trace.Append(value).Append(' ');
        Look("Note");
    }

    /// <summary>Whether code of others may go on: recursion has an end.</summary>
    public static bool Burn() => _fuel-- > 0;

    public static void Enter()
    {
        Gates++;
        _inside++;
    }

    public static void Leave(string place)
    {
        _inside--;
        Look(place);
    }

    public static int CallBack(Func<int, int> lambda, int depth)
    {
        Look("who gets a lambda");
        int result = lambda(depth);
        Look("who has called a lambda");
        return result;
    }

    public static int Use<T>(T foreign, int depth)
        where T : IForeign => foreign.Run(depth);

    public static int Dispose(IDisposable foreign)
    {
        using (foreign)
            return 4;
    }

    public static int Sort(IComparer<int> comparer)
    {
        var numbers = new[] { 2, 1 };
        Array.Sort(numbers, comparer);
        return numbers[0];
    }

    public static int Invoke(Func<int, int> member, int depth) => (int)member.Method.Invoke(null, new object[] { depth });

    public static int InContext(Func<int, int> member, int depth)
    {
        int result = 0;
        ExecutionContext.Run(ExecutionContext.Capture(), _ => result = member(depth), null);
        return result;
    }

    /// <summary>An exception cannot leave a thread.</summary>
    public static int OnThread(Func<int, int> member, int depth)
    {
        int result = 0;
        var thread = new Thread(() =>
        {
            Look("a new thread");
            try
            {
                result = member(depth);
            }
            catch (Exception e) when (Look("a filter of a thread") > 0)
            {
                Say(e);
            }
        });
        thread.Start();
        thread.Join();
        return result;
    }

    public static int Last(IEnumerable<int> numbers)
    {
        int last = 0;
        foreach (int number in numbers)
        {
            Look("who iterates");
            last = number;
        }

        return last;
    }

    private static void Say(Exception e)
    {
        for (Exception next = e; next != null; next = next.InnerException)
            Trace.Append(next.GetType().Name).Append(' ');
    }

    private static void Observe(object sender, FirstChanceExceptionEventArgs e)
    {
        if (!_isRunning)
            return;
        Looks++;
        JudgeClosed("an observer of exceptions");
        if (_isObserving || _observer == null)
            return;
        _isObserving = true;
        try
        {
            _observer(1);
        }
        catch (Exception own) when (Look("an observer's filter") > 0)
        {
            Say(own);
        }

        _isObserving = false;
        Looks++;
        JudgeClosed("an observer of exceptions at its end");
    }

    /// <summary>An exception closes all windows of its thread, and other threads may have some that stay open.</summary>
    private static void JudgeClosed(string place)
    {
        if (!StaysOpenForCallees || _inside == 0 || Thread.CurrentThread == _thread)
            Judge(place);
    }

    private static void Judge(string place)
    {
        for (int i = 0; i < Addresses.Length; i++)
        {
            if (IsOpen(Addresses[i]))
                Leaks.Add("region " + "ab"[i] + " is open in " + place);
        }
    }

    private static unsafe IntPtr[] AddressesOf() => new[] { (IntPtr)Regions.A.Pointer, (IntPtr)Regions.B.Pointer };
}
