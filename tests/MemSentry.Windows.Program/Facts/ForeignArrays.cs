using System.Runtime.InteropServices;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>An object that is stored into an array of interfaces is asked whether it is of that interface, and answers by code of its own.</summary>
internal static unsafe class ForeignArrays
{
    private interface IForeign;

    public static int Run()
    {
        var foreign = (IForeign)(object)new Foreign();
        Store(new IForeign[1], foreign);
        Store(new IForeign[1, 1], foreign);
        Store<IForeign>(new IForeign[1, 1, 1], foreign);
        Probe.Look("what follows");
        return Probe.Verdict(atLeast: 5);
    }

    [SafeRegionAccess]
    private static int Store(IForeign[] into, IForeign foreign)
    {
        int first = *Secret.Key.Pointer;
        into[0] = foreign;
        return first + *Secret.Key.Pointer;
    }

    [SafeRegionAccess]
    private static int Store(IForeign[,] into, IForeign foreign)
    {
        int first = *Secret.Key.Pointer;
        into[0, 0] = foreign;
        return first + *Secret.Key.Pointer;
    }

    [SafeRegionAccess]
    private static int Store<T>(T[,,] into, T foreign)
    {
        int first = *Secret.Key.Pointer;
        into[0, 0, 0] = foreign;
        return first + *Secret.Key.Pointer;
    }

    private sealed class Foreign : IDynamicInterfaceCastable
    {
        public bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented)
        {
            Probe.Look("an object that is asked for its interfaces");
            return true;
        }

        public RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType) => throw new NotSupportedException();
    }
}
