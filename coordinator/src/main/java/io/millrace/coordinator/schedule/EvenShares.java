package io.millrace.coordinator.schedule;

import java.util.ArrayList;
import java.util.List;

/** Cuts a row of ranges into shares of neighbours, as even as their bytes let them be. Pure. */
public final class EvenShares {
    private EvenShares() {}

    /**
     * As few shares as there can be with {@code most} bytes in each, where a range that has more is
     * one by itself; and of these shares the largest as small as it can be.
     *
     * @param bytes of each range
     * @param most bytes of a share, unless there were more than {@code max} shares then
     * @param min number of shares, at least 1
     * @param max number of shares, at least {@code min} and at most that of ranges
     * @return for each share the range behind its last one
     */
    public static List<Integer> of(long[] bytes, long most, int min, int max) {
        int count = Math.min(max, Math.max(min, cut(bytes, most).size()));
        long tooSmall = -1;
        long enough = 0;
        for (long each : bytes) {
            enough += each;
        }
        while (enough - tooSmall > 1) {
            long middle = tooSmall + (enough - tooSmall) / 2;
            if (cut(bytes, middle).size() <= count) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        List<Integer> ends = cut(bytes, enough);
        while (ends.size() < min) {
            halve(ends, bytes);
        }
        return List.copyOf(ends);
    }

    /** Shares of at most so many bytes, but for ranges that have more. */
    private static List<Integer> cut(long[] bytes, long most) {
        List<Integer> ends = new ArrayList<>();
        long sum = bytes[0];
        for (int range = 1; range < bytes.length; range++) {
            if (sum + bytes[range] > most) {
                ends.add(range);
                sum = 0;
            }
            sum += bytes[range];
        }
        ends.add(bytes.length);
        return ends;
    }

    /** Cuts the largest share that has several ranges, near its middle. */
    private static void halve(List<Integer> ends, long[] bytes) {
        int largest = -1;
        long largestBytes = -1;
        for (int share = 0; share < ends.size(); share++) {
            int from = share == 0 ? 0 : ends.get(share - 1);
            long sum = sum(bytes, from, ends.get(share));
            if (ends.get(share) - from > 1 && sum > largestBytes) {
                largest = share;
                largestBytes = sum;
            }
        }
        int from = largest == 0 ? 0 : ends.get(largest - 1);
        int end = from + 1;
        while (end < ends.get(largest) - 1
                && 2 * (sum(bytes, from, end) + bytes[end] / 2) < largestBytes) {
            end++;
        }
        ends.add(largest, end);
    }

    private static long sum(long[] bytes, int from, int to) {
        long sum = 0;
        for (int range = from; range < to; range++) {
            sum += bytes[range];
        }
        return sum;
    }
}
