using System;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Accesses in and around protected regions.</summary>
public static unsafe class Handlers
{
    [LoadAttack("ldind.i8")]
    public static ulong Try(nint address)
    {
        ulong seen = 0;
        try
        {
            seen = *(ulong*)address;
        }
        catch (FormatException)
        {
            seen = 1;
        }

        return seen;
    }

    [LoadAttack("ldind.i8")]
    public static ulong Catch(nint address)
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException)
        {
            return *(ulong*)address;
        }
    }

    [StoreAttack("stind.i8")]
    public static void StoreInCatch(nint address, ulong value)
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException)
        {
            *(ulong*)address = value;
        }
    }

    [LoadAttack("ldind.i8")]
    public static ulong Finally(nint address)
    {
        ulong seen = 0;
        try
        {
            seen = 1;
        }
        finally
        {
            seen = *(ulong*)address;
        }

        return seen;
    }

    [LoadAttack("ldind.i8", InFilter = true)]
    public static ulong Filter(nint address)
    {
        ulong seen = 0;
        try
        {
            throw new FormatException();
        }
        catch (FormatException) when ((seen = *(ulong*)address) != 0)
        {
        }

        return seen;
    }

    [StoreAttack("stind.i8", InFilter = true)]
    public static void StoreInFilter(nint address, ulong value)
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException) when ((*(ulong*)address = value) != 0)
        {
        }
    }

    [LoadAttack("ldind.i8")]
    public static ulong TryInFinally(nint address)
    {
        ulong seen = 0;
        try
        {
            seen = 1;
        }
        finally
        {
            try
            {
                throw new FormatException();
            }
            catch (FormatException)
            {
                seen = *(ulong*)address;
            }
            finally
            {
                seen++;
            }
        }

        return seen - 1;
    }

    [LoadAttack("ldind.i8")]
    public static ulong PointerReplacedBeforeThrow(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        try
        {
            pointer = (ulong*)address;
            throw new FormatException();
        }
        catch (FormatException)
        {
            return *pointer;
        }
    }

    [LoadAttack("ldind.i8")]
    public static ulong PointerReplacedInFinallyOfInnerTry(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        try
        {
            try
            {
                throw new FormatException();
            }
            finally
            {
                pointer = (ulong*)address;
            }
        }
        catch (FormatException)
        {
            return *pointer;
        }
    }

    [StoreAttack("stind.i8")]
    public static void StoreInUsing(nint address, ulong value)
    {
        using var closing = new Closing(address, value);
    }

    private readonly struct Closing(nint address, ulong value) : IDisposable
    {
        [Accomplice]
        public void Dispose() => *(ulong*)address = value;
    }
}
