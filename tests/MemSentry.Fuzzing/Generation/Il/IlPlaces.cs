using MemSentry.Fuzzing.Generation.Tree;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>Puts pointers where they have an alias, and reads them back.</summary>
internal sealed class IlPlaces(IlModule module, IlCode code, IlVariables variables)
{
    private const int TableOffset = 5 * 8;
    private const int CellOffset = 8 * 8;

    /// <summary>Stores what <paramref name="value"/> pushes.</summary>
    public void Keep(Place place, Action value)
    {
        Base(place);
        value();
        if (place == Place.Out)
        {
            code.Emit(OpCodes.Ldloca, variables.AddressTaken);
            code.Emit(OpCodes.Call, module.Call("Give"));
            return;
        }

        code.Emit(OpCodes.Conv_U);
        switch (place)
        {
            case Place.Static:
                code.Emit(OpCodes.Stsfld, module.Field("Prelude", "StaticPlace"));
                break;
            case Place.Object:
                code.Emit(OpCodes.Stfld, module.Field("Holder", "Address"));
                break;
            case Place.Structure:
                code.Emit(OpCodes.Stfld, module.Field("Place", "Address"));
                break;
            case Place.Union:
                code.Emit(OpCodes.Stfld, module.Field("Both", "Address"));
                break;
            case Place.Array or Place.PointerArray:
                code.Emit(OpCodes.Stelem_I);
                break;
            default:
                code.Emit(OpCodes.Stind_I);
                break;
        }
    }

    /// <summary>Pushes what is stored.</summary>
    public void Load(Place place)
    {
        if (place is Place.Address or Place.Out)
        {
            code.Emit(OpCodes.Ldloc, variables.AddressTaken);
            return;
        }

        Base(place);
        switch (place)
        {
            case Place.Static:
                code.Emit(OpCodes.Ldsfld, module.Field("Prelude", "StaticPlace"));
                break;
            case Place.Object:
                code.Emit(OpCodes.Ldfld, module.Field("Holder", "Address"));
                break;
            case Place.Structure:
                code.Emit(OpCodes.Ldfld, module.Field("Place", "Address"));
                break;
            case Place.Union:
                code.Emit(OpCodes.Ldfld, module.Field("Both", "Number"));
                code.Emit(OpCodes.Conv_U);
                break;
            case Place.Array or Place.PointerArray:
                code.Emit(OpCodes.Ldelem_I);
                break;
            default:
                code.Emit(OpCodes.Ldind_I);
                break;
        }
    }

    private void Base(Place place)
    {
        switch (place)
        {
            case Place.Object:
                code.Emit(OpCodes.Ldloc, variables.Holder);
                break;
            case Place.Array or Place.PointerArray:
                code.Emit(OpCodes.Ldloc, variables.Holder);
                code.Emit(OpCodes.Ldfld, module.Field("Holder", place == Place.Array ? "Array" : "Pointers"));
                code.Emit(OpCodes.Ldc_I4, place == Place.Array ? 1 : 2);
                break;
            case Place.Structure:
                code.Emit(OpCodes.Ldloca, variables.Structure);
                break;
            case Place.Union:
                code.Emit(OpCodes.Ldloca, variables.Both);
                break;
            case Place.Stack:
                code.Emit(OpCodes.Ldloc, variables.Cells);
                code.Emit(OpCodes.Ldc_I4, CellOffset);
                code.Emit(OpCodes.Add);
                break;
            case Place.Address:
                code.Emit(OpCodes.Ldloca, variables.AddressTaken);
                break;
            case Place.Table:
                code.Argument(2);
                code.Emit(OpCodes.Ldc_I4, TableOffset);
                code.Emit(OpCodes.Add);
                break;
        }
    }
}
