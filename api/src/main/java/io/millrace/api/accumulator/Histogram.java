package io.millrace.api.accumulator;

import java.util.Map;
import java.util.TreeMap;

/** How often each number was added, by number. Not thread-safe. */
public class Histogram implements Accumulator<Integer, TreeMap<Integer, Integer>> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Integer> counts = new TreeMap<>();

    public Histogram() {}

    @Override
    public void add(Integer value) {
        counts.merge(value, 1, Integer::sum);
    }

    /** The map itself, which goes on changing. */
    @Override
    public TreeMap<Integer, Integer> getLocalValue() {
        return counts;
    }

    @Override
    public void merge(Accumulator<Integer, TreeMap<Integer, Integer>> other) {
        for (Map.Entry<Integer, Integer> entry : other.getLocalValue().entrySet()) {
            counts.merge(entry.getKey(), entry.getValue(), Integer::sum);
        }
    }

    @Override
    public void resetLocal() {
        counts.clear();
    }

    @Override
    public Accumulator<Integer, TreeMap<Integer, Integer>> clone() {
        Histogram copy = new Histogram();
        copy.counts.putAll(counts);
        return copy;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
