package io.millrace.coordinator.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which worker gives a slot to a job, and how many workers that takes. Pure. */
public final class SlotAssignment {
    private SlotAssignment() {}

    /** A worker and the number of its slots that nobody uses. */
    public record Offer(String workerId, int freeSlots) {}

    /**
     * Spreads slots evenly: each goes to the worker that has the most free ones left, the earlier
     * of equals.
     *
     * @param count number of slots, at least 0
     * @return a worker for each slot, or empty if there are not enough: all or nothing
     */
    public static Optional<List<String>> spread(int count, List<Offer> offers) {
        int free = offers.stream().mapToInt(Offer::freeSlots).sum();
        if (free < count) {
            return Optional.empty();
        }
        int[] left = offers.stream().mapToInt(Offer::freeSlots).toArray();
        List<String> workers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int most = 0;
            for (int w = 1; w < left.length; w++) {
                if (left[w] > left[most]) {
                    most = w;
                }
            }
            left[most]--;
            workers.add(offers.get(most).workerId());
        }
        return Optional.of(workers);
    }

    /** The number of workers with {@code slotsPerWorker} slots that {@code slots} need. */
    public static int workersFor(int slots, int slotsPerWorker) {
        return (slots + slotsPerWorker - 1) / slotsPerWorker;
    }
}
