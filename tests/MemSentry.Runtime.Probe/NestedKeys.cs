using MemSentry.CompilerServices;
using MemSentry.Domains;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Runtime.Probe;

/// <summary>
/// Windows of two domains with keys around each other, opened by hand as gates do it, which keep record of the inner ones. Frames are numbers: a larger one is further out.
/// </summary>
internal static class NestedKeys
{
    private const nuint Exception = 1;

    private static readonly int Default = DomainTable.NumberOf(DomainTable.DefaultName);
    private static readonly int Keys = DomainTable.NumberOf("keys");

    /// <summary>Prints after each step what this thread may do with the default domain and with the other one.</summary>
    public static int Run(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, $"{Windowing.Settings.Replace("mpx", "mpk", StringComparison.Ordinal)};Gates={Default},{Keys}");
        Around();
        Thrown();
        Crossed();
        return 0;
    }

    /// <summary>A window that allows more, in one of another domain, in one to read.</summary>
    private static void Around()
    {
        Step("first", () => GateCalls.Set(GateLayout.PageOf(Default), KeyRights.Read));
        Step("second", () => Window.Enter(Keys, 2, 300));
        Step("third", () => Window.Enter(Default, 2, 200));
        Step("suspended", () => Window.Suspend(150));
        Step("resumed", () => Window.Resume(Default, 2, 150));
        Step("third ends", () => Window.Leave(200));
        Step("second ends", () => Window.Leave(300));
        Step("second ends again", () => Window.Leave(300));
        Step("first ends", GateCalls.CloseAll);
    }

    /// <summary>An exception passes the innermost and is handled in the second.</summary>
    private static void Thrown()
    {
        Step("first", () => GateCalls.Set(GateLayout.PageOf(Default), KeyRights.Read));
        Step("second", () => Window.Enter(Keys, 2, 300));
        Step("third", () => Window.Enter(Default, 2, 200));
        Step("thrown", () => Window.Suspend(Exception));
        Step("third ends", () => Window.Leave(200));
        Step("handled", () => Window.Resume(Keys, 2, 250));
        Step("second ends", () => Window.Leave(300));
        Step("thrown in the first", () => Window.Suspend(Exception));
        Step("handled in the first", () => Window.Resume(Default, 1, 350));
        Step("first ends", GateCalls.CloseAll);
    }

    /// <summary>Foreign code that the second has called opens the domains in the other order.</summary>
    private static void Crossed()
    {
        Step("first", () => GateCalls.Set(GateLayout.PageOf(Default), KeyRights.Read));
        Step("second", () => Window.Enter(Keys, 2, 300));
        Step("suspended", () => Window.Suspend(250));
        Step("third", () => GateCalls.Set(GateLayout.PageOf(Default), KeyRights.ReadWrite));
        Step("fourth", () => Window.Enter(Keys, 1, 200));
        Step("suspended", () => Window.Suspend(150));
        Step("resumed", () => Window.Resume(Keys, 1, 150));
        Step("fourth ends", () => Window.Leave(200));
        Step("third ends", GateCalls.CloseAll);
        Step("second resumes", () => Window.Resume(Keys, 2, 250));
        Step("second ends", () => Window.Leave(300));
        Step("first ends", GateCalls.CloseAll);
    }

    private static void Step(string name, Action step)
    {
        step();
        string rights = $"{Rights(Default)} {Rights(Keys)}";
        Console.WriteLine($"{name}: {rights}");
    }

    private static string Rights(int domain) =>
        GateCalls.May(GateLayout.PageOf(domain), KeyRights.ReadWrite) ? "write" : GateCalls.May(GateLayout.PageOf(domain), KeyRights.Read) ? "read" : "none";
}
