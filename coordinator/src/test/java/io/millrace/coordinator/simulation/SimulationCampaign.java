package io.millrace.coordinator.simulation;

import io.millrace.coordinator.operation.OperationKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Runs many seeds and says which rare states they reached.
 *
 * <pre>
 * mvn -q -Dfast -Psimulate -pl coordinator -am process-test-classes \
 *     -Dsimulation.args="[first seed] [number of seeds] [--each | --operations | --bugs]"
 * </pre>
 *
 * <p>{@code --each} prints the trace hash of each seed, {@code --operations} lets somebody ask for
 * savepoints, ends and rescales meanwhile, {@code --bugs} says after how many seeds each built-in
 * mistake is noticed, those with operations too. Exits with 1 at the first broken invariant, having
 * printed the seed, its faults and the end of its trace.
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
        if (args.length > 2 && args[2].equals("--operations")) {
            operate(first, count);
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

    private static void operate(long first, long count) {
        Set<OperationSighting> seen = EnumSet.noneOf(OperationSighting.class);
        Map<OperationKind, Integer> completed = new EnumMap<>(OperationKind.class);
        int failed = 0;
        for (long seed = first; seed < first + count; seed++) {
            OperationOracle.Counts counts;
            try {
                counts = Simulation.runOperations(seed, Fault.schedule(seed), OperationBug.NONE);
            } catch (AssertionError e) {
                System.out.println(e.getMessage());
                System.exit(1);
                return;
            }
            seen.addAll(counts.seen());
            counts.completed().forEach((kind, more) -> completed.merge(kind, more, Integer::sum));
            failed += counts.failed();
        }
        System.out.printf(
                "%d seeds with operations, all invariants held; done %s, failed %d;"
                        + " %d of %d rare states seen%n",
                count, completed, failed, seen.size(), OperationSighting.values().length);
        Set<OperationSighting> unseen = EnumSet.allOf(OperationSighting.class);
        unseen.removeAll(seen);
        if (!unseen.isEmpty()) {
            System.out.println("not seen: " + unseen);
        }
    }

    private static void countSeedsToNotice(long first, long count) {
        for (Bug bug : EnumSet.complementOf(EnumSet.of(Bug.NONE))) {
            notice(
                    bug.name(),
                    first,
                    count,
                    seed -> Simulation.run(seed, Fault.schedule(seed), bug));
        }
        for (OperationBug bug : EnumSet.complementOf(EnumSet.of(OperationBug.NONE))) {
            notice(
                    bug.name(),
                    first,
                    count,
                    seed -> Simulation.runOperations(seed, Fault.schedule(seed), bug));
        }
    }

    private static void notice(String bug, long first, long count, LongConsumer run) {
        String noticed = "not noticed in " + count + " seeds";
        for (long seed = first; seed < first + count; seed++) {
            try {
                run.accept(seed);
            } catch (AssertionError e) {
                String what = e.getCause().getMessage().split(": ", 2)[0];
                noticed = "noticed by seed " + seed + ": " + what;
                break;
            }
        }
        System.out.printf("%-40s %s%n", bug, noticed);
    }
}
