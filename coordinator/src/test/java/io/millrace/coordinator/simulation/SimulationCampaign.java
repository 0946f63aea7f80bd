package io.millrace.coordinator.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Runs many seeds and says which rare states they reached.
 *
 * <pre>
 * mvn -q -Dfast -Psimulate -pl coordinator -am process-test-classes \
 *     -Dsimulation.args="[first seed] [number of seeds] [--each | --bugs]"
 * </pre>
 *
 * <p>{@code --each} prints the trace hash of each seed, {@code --bugs} says after how many seeds
 * each built-in mistake is noticed. Exits with 1 at the first broken invariant, having printed the
 * seed, its faults and the end of its trace.
 */
public final class SimulationCampaign {
    private SimulationCampaign() {}

    /** The command; see above. */
    public static void main(String[] args) {
        long first = args.length > 0 ? Long.parseLong(args[0]) : 1;
        long count = args.length > 1 ? Long.parseLong(args[1]) : 20_000;
        if (args.length > 2 && args[2].equals("--bugs")) {
            countSeedsToNotice(first, count);
            return;
        }
        boolean each = args.length > 2 && args[2].equals("--each");
        Set<Sighting> seen = EnumSet.noneOf(Sighting.class);
        long simulatedMs = 0;
        for (long seed = first; seed < first + count; seed++) {
            Simulation.Report report;
            try {
                report = Simulation.run(seed);
            } catch (AssertionError e) {
                System.out.println(e.getMessage());
                System.exit(1);
                return;
            }
            seen.addAll(report.sightings());
            simulatedMs += report.simulatedMs();
            if (each) {
                System.out.printf("seed %d trace %016x%n", seed, report.traceHash());
            }
        }
        System.out.printf(
                "%d seeds, %d simulated hours, all invariants held; %d of %d rare states seen%n",
                count, simulatedMs / 3_600_000, seen.size(), Sighting.values().length);
        Set<Sighting> unseen = EnumSet.complementOf(EnumSet.copyOf(seen));
        if (!unseen.isEmpty()) {
            System.out.println("not seen: " + unseen);
        }
    }

    private static void countSeedsToNotice(long first, long count) {
        for (Bug bug : EnumSet.complementOf(EnumSet.of(Bug.NONE))) {
            String noticed = "not noticed in " + count + " seeds";
            for (long seed = first; seed < first + count; seed++) {
                try {
                    Simulation.run(seed, Fault.schedule(seed), bug);
                } catch (AssertionError e) {
                    String what = e.getCause().getMessage().split(": ", 2)[0];
                    noticed = "noticed by seed " + seed + ": " + what;
                    break;
                }
            }
            System.out.printf("%-40s %s%n", bug, noticed);
        }
    }
}
