using System.Reflection;
using MemSentry.CompilerServices;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Runtime.Probe;

/// <summary>A module that is woven with the method <c>mpk</c>, and what its gates meet.</summary>
internal static unsafe class Gating
{
    private static readonly int Default = DomainTable.NumberOf(DomainTable.DefaultName);
    private static readonly int Keys = DomainTable.NumberOf("keys");

    /// <summary>What the stubs answer, and whether a window opens and closes by way of the runtime.</summary>
    public static int Ask(string[] arguments)
    {
        string settings = $"{Windowing.Settings.Replace("mpx", "mpk", StringComparison.Ordinal)};Gates={Default},{Keys}";
        WovenModule.Start("First", AddressSpaceLayout.Version, settings);
        WovenModule.Start("Second", AddressSpaceLayout.Version, settings);
        foreach (int domain in new[] { Default, Keys })
        {
            ulong page = GateLayout.PageOf(domain);
            Console.WriteLine($"state {Call(page, GateEntry.StateToWrite)}, may {Call(page, GateEntry.MayWrite)}");
        }

        SafeRegion region = SafeRegion.Allocate(64, new() { Domain = "keys" });
        byte mark;
        Window.Enter(Keys, 2, (nuint)(&mark));
        Window.RequireKey(Call(GateLayout.PageOf(Keys), GateEntry.MayWrite), Keys, 2);
        _ = region.Pointer;
        *region.Pointer = 1;
        Window.Suspend((nuint)(&mark) - 8);
        Window.Resume(Keys, 2, (nuint)(&mark) - 8);
        *region.Pointer += 1;
        Console.WriteLine($"in the region: {*region.Pointer}");
        Window.Leave((nuint)(&mark));
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    /// <summary>The same where something else lies in the block, so that regions lie in ordinary memory.</summary>
    public static int AskBesideStranger(string[] arguments) =>
        AddressSpace.Reserve(AddressSpaceLayout.ArenaStart, 4096) is { } refused ? throw new InvalidOperationException($"{refused}") : Ask(arguments);

    /// <summary>The stub that opens, where there are no keys: no gate calls it there.</summary>
    public static int Enter(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, $"{Windowing.Settings.Replace("mpx", "mpk", StringComparison.Ordinal)};Gates={Default}");
        ((delegate* unmanaged<void>)GateLayout.AddressOf(GateLayout.PageOf(Default), GateEntry.EnterToWrite))();
        return 0;
    }

    /// <summary>An attacker makes the thread believe that it has no window, before it is to close what it has.</summary>
    public static int Lie(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Windowing.Settings.Replace("mpx", "mprotect", StringComparison.Ordinal));
        SafeRegion region = SafeRegion.Allocate(64, new() { Name = "probe" });
        byte mark;
        Window.Enter(Default, 2, (nuint)(&mark));
        *region.Pointer = 1;
        typeof(Domains.Windows).GetField("_state", BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, WindowState.None);
        Window.Suspend((nuint)(&mark) - 8);
        Console.WriteLine("closed");
        Console.WriteLine(*region.Pointer);
        return 0;
    }

    private static int Call(ulong page, GateEntry entry) => ((delegate* unmanaged<int>)GateLayout.AddressOf(page, entry))();
}
