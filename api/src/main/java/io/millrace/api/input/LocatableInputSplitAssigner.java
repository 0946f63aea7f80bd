package io.millrace.api.input;

import io.millrace.api.file.HostNames;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives a subtask splits whose data is on its host, as long as there are some, then any.
 * Thread-safe.
 */
public final class LocatableInputSplitAssigner implements InputSplitAssigner {
    private final Set<LocatableInputSplit> splits;
    private int local;
    private int remote;

    public LocatableInputSplitAssigner(Collection<LocatableInputSplit> splits) {
        this.splits = new LinkedHashSet<>(splits);
    }

    public LocatableInputSplitAssigner(LocatableInputSplit[] splits) {
        this(Arrays.asList(splits));
    }

    @Override
    public synchronized LocatableInputSplit getNextInputSplit(String host, int taskId) {
        Iterator<LocatableInputSplit> all = splits.iterator();
        while (host != null && all.hasNext()) {
            LocatableInputSplit split = all.next();
            if (isOn(host, split)) {
                all.remove();
                local++;
                return split;
            }
        }
        Iterator<LocatableInputSplit> any = splits.iterator();
        if (!any.hasNext()) {
            return null;
        }
        LocatableInputSplit split = any.next();
        any.remove();
        remote++;
        return split;
    }

    private static boolean isOn(String host, LocatableInputSplit split) {
        for (String has : split.getHostnames()) {
            if (has != null && HostNames.key(has).equals(HostNames.key(host))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void returnInputSplit(List<InputSplit> splits, int taskId) {
        splits.forEach(split -> this.splits.add((LocatableInputSplit) split));
    }

    /** Splits that were given to their own hosts. */
    public synchronized int getNumberOfLocalAssignments() {
        return local;
    }

    /** Splits that were given to other hosts. */
    public synchronized int getNumberOfRemoteAssignments() {
        return remote;
    }
}
