using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Judging;

namespace MemSentry.Fuzzing.Running;

/// <summary>Runs one member in all situations, unwoven and woven, and says what is wrong.</summary>
/// <param name="windows">The memory.</param>
/// <param name="arena">The first page of the arena, which no member may change.</param>
/// <param name="position">Where to note what is under way.</param>
/// <param name="report">Takes what is found.</param>
internal sealed unsafe class MemberRun(Windows windows, Window arena, Position position, Action<Finding> report)
{
    private readonly Situations _situations = new(windows);

    /// <summary>Runs a member.</summary>
    /// <returns>Whether the unwoven one got at a region.</returns>
    public bool Run(RunMember member, LoadedAssembly unwoven, IReadOnlyList<(WovenFile File, LoadedAssembly Assembly)> woven)
    {
        bool reached = false;
        int number = 0;
        foreach (Situation situation in _situations.Of(member, Dice.For(member.Number, 0)))
        {
            position.Situation = number++;
            position.Assembly = 0;
            if (situation.IsPoisoned)
                reached |= situation.UnwovenSurvives && Reaches(unwoven, member, situation);
            else
                Compare(unwoven, woven, member, situation);

            for (int i = 0; i < woven.Count && situation.IsPoisoned; i++)
            {
                position.Assembly = i + 1;
                if (!situation.NeedsBoth || (woven[i].File.Reads && woven[i].File.Writes))
                    Attack(woven[i].File, woven[i].Assembly, member, situation);
            }
        }

        return reached;
    }

    private void Compare(LoadedAssembly unwoven, IReadOnlyList<(WovenFile File, LoadedAssembly Assembly)> woven, RunMember member, Situation situation)
    {
        Outcome expected = Call(unwoven, member, situation, 0);
        Remember(situation);
        for (int i = 0; i < woven.Count; i++)
        {
            position.Assembly = i + 1;
            Outcome outcome = Call(woven[i].Assembly, member, situation, 0);
            if (outcome != expected || !IsAsRemembered(situation))
                report(new(FindingKind.Diverged, member.Number, woven[i].File.Arm, situation.Name, $"unwoven {expected}, woven {outcome}, memory {(IsAsRemembered(situation) ? "equal" : "different")}"));
        }
    }

    private void Attack(WovenFile file, LoadedAssembly assembly, RunMember member, Situation situation)
    {
        Outcome first = Call(assembly, member, situation, 0);
        bool changed = Changed(situation);
        Remember(situation);
        Outcome second = Call(assembly, member, situation, 1);
        if (file.Writes && (changed || Changed(situation)))
            report(new(FindingKind.Wrote, member.Number, file.Arm, situation.Name, $"the region changed; {first}"));
        else if (file.Reads && (first != second || !IsAsRemembered(situation)))
            report(new(FindingKind.Read, member.Number, file.Arm, situation.Name, $"{first} with one secret, {second} with another, memory {(IsAsRemembered(situation) ? "equal" : "different")}"));
    }

    private bool Reaches(LoadedAssembly unwoven, RunMember member, Situation situation)
    {
        Outcome first = Call(unwoven, member, situation, 0);
        bool changed = Changed(situation);
        Remember(situation);
        return Call(unwoven, member, situation, 1) != first || changed || !IsAsRemembered(situation);
    }

    private Outcome Call(LoadedAssembly assembly, RunMember member, Situation situation, int secret)
    {
        windows.Region.Content = windows.Secrets[secret];
        windows.TableRegion.Content = windows.TableSecrets[secret];
        windows.Table.Content = situation.TableContent;
        windows.Region.Fill();
        windows.TableRegion.Fill();
        arena.Fill();
        foreach (Window window in situation.MoreSecrets)
        {
            window.Content = windows.Secrets[secret][..window.Content.Length];
            window.Fill();
        }

        foreach (Window window in Regarded(situation))
            window.Fill();
        (nint near, nint target, nint table, int index, long distance) = situation.Arguments;
        try
        {
            return new(assembly.Entry(member.Number)((byte*)near, (byte*)target, (byte**)table, index, distance), null);
        }
        catch (Exception e)
        {
            return new(0, e.GetType().Name);
        }
    }

    private bool Changed(Situation situation) => !windows.Region.IsUntouched || !windows.TableRegion.IsUntouched || !arena.IsUntouched || !situation.MoreSecrets.All(s => s.IsUntouched);

    private void Remember(Situation situation)
    {
        foreach (Window window in Regarded(situation))
            window.Remember();
    }

    private bool IsAsRemembered(Situation situation) => Regarded(situation).All(w => w.IsAsRemembered);

    private IEnumerable<Window> Regarded(Situation situation) => windows.Always.Concat(situation.MoreDecoys);
}
