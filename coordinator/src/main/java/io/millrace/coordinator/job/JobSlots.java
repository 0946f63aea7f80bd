package io.millrace.coordinator.job;

import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.SlotAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The slots that a job holds, by number. Confined to the coordinator's thread.
 *
 * <p>A job keeps its slots over restarts, except those of lost workers, and gives them back when
 * its tasks have all ended.
 */
final class JobSlots {
    private final WorkerPool pool;

    /** By slot; null where the job has none. */
    private final String[] workers;

    JobSlots(int count, WorkerPool pool) {
        this.pool = pool;
        this.workers = new String[count];
    }

    int count() {
        return workers.length;
    }

    /** The slots that these regions use and the job does not hold. */
    int missing(List<Region> regions) {
        return (int) missingSlots(regions).length;
    }

    /** The slots that the job does not hold. */
    int missing() {
        return allMissing().length;
    }

    private int[] allMissing() {
        return IntStream.range(0, workers.length).filter(slot -> workers[slot] == null).toArray();
    }

    /** Gets all missing slots or, returning false, none. */
    boolean fill() {
        return fill(allMissing());
    }

    /** Gets the missing slots of these regions: all of them or, returning false, none. */
    boolean fill(List<Region> regions) {
        return fill(missingSlots(regions));
    }

    private boolean fill(int[] missing) {
        Optional<List<String>> found = SlotAssignment.spread(missing.length, pool.offers());
        found.ifPresent(
                chosen -> {
                    for (int i = 0; i < missing.length; i++) {
                        workers[missing[i]] = chosen.get(i);
                        pool.occupy(chosen.get(i));
                    }
                });
        return found.isPresent();
    }

    /**
     * Gets the missing slots of as many of these regions as there are slots for: first for those
     * that may go where they would like to, then for the others in their order.
     *
     * @param preferred where a region of one subtask would like to be
     * @return the regions that have all of theirs now, in their order
     */
    List<Region> fillSome(List<Region> regions, Function<Region, Nearness.Places> preferred) {
        for (Region region : regions) {
            if (pool.freeSlots() == 0) {
                break;
            }
            if (region.isOneSubtask() && workers[region.slots().get(0)] == null) {
                nearest(preferred.apply(region)).ifPresent(worker -> fillAt(worker, region));
            }
        }
        List<Region> filled = new ArrayList<>();
        for (Region region : regions) {
            if (fill(List.of(region))) {
                filled.add(region);
            }
        }
        return filled;
    }

    /** The best worker with a slot; the disks of its host before those of others. */
    private Optional<String> nearest(Nearness.Places places) {
        return places.workers().stream()
                .filter(pool::hasFreeSlot)
                .findFirst()
                .or(
                        () ->
                                places.hosts().stream()
                                        .flatMap(host -> pool.emptiestAt(host).stream())
                                        .findFirst());
    }

    private void fillAt(String worker, Region region) {
        workers[region.slots().get(0)] = worker;
        pool.occupy(worker);
    }

    /** Gives back what is on blocked nodes and not in use. */
    void vacateBlocked(JobRegions regions, long nowMs) {
        boolean any =
                Arrays.stream(workers).anyMatch(worker -> worker != null && pool.isOff(worker));
        if (any) {
            Set<Integer> used = regions.slotsInUse();
            for (int slot = 0; slot < workers.length; slot++) {
                boolean off = workers[slot] != null && pool.isOff(workers[slot]);
                if (off && !used.contains(slot)) {
                    vacate(slot, nowMs);
                }
            }
        }
    }

    private static Set<Integer> usedBy(List<Region> regions) {
        Set<Integer> used = new TreeSet<>();
        regions.forEach(region -> used.addAll(region.slots()));
        return used;
    }

    private void vacate(int slot, long nowMs) {
        pool.vacate(workers[slot], nowMs);
        workers[slot] = null;
    }

    /** A slot is empty again; the worker's goes on being used by what runs in it. */
    void leaveBehind(int slot) {
        workers[slot] = null;
    }

    /** Gives back what none of these regions uses. */
    void vacateAllBut(List<Region> using, long nowMs) {
        Set<Integer> used = usedBy(using);
        for (int slot = 0; slot < workers.length; slot++) {
            if (workers[slot] != null && !used.contains(slot)) {
                vacate(slot, nowMs);
            }
        }
    }

    /** The worker has left the pool. Returns whether the job had a slot of it. */
    boolean lose(String workerId) {
        boolean any = false;
        for (int slot = 0; slot < workers.length; slot++) {
            if (workerId.equals(workers[slot])) {
                workers[slot] = null;
                any = true;
            }
        }
        return any;
    }

    /** Gives everything back. */
    void vacate(long nowMs) {
        for (int slot = 0; slot < workers.length; slot++) {
            if (workers[slot] != null) {
                vacate(slot, nowMs);
            }
        }
    }

    /** Gives every subtask of a region its next attempt, in its slot, which the job has. */
    void deploy(Region region, long nowMs) {
        region.deploy(workers, pool, nowMs);
    }

    private int[] missingSlots(List<Region> regions) {
        return regions.stream()
                .flatMap(region -> region.slots().stream())
                .filter(slot -> workers[slot] == null)
                .mapToInt(Integer::intValue)
                .distinct()
                .sorted()
                .toArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(workers);
    }
}
