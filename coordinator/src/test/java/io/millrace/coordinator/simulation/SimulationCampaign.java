package io.millrace.coordinator.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Runs many seeds and says which rare states they reached.
 *
 * <pre>
 * java -cp … io.millrace.coordinator.simulation.SimulationCampaign [first seed] [number of seeds]
 * </pre>
 *
 * <p>Exits with 1 at the first broken invariant, having printed the seed, its faults and the end of
 * its trace.
 */
public final class SimulationCampaign {
    private SimulationCampaign() {}

    /** The command; see above. */
    public static void main(String[] args) {
        long first = args.length > 0 ? Long.parseLong(args[0]) : 1;
        long count = args.length > 1 ? Long.parseLong(args[1]) : 20_000;
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
}
