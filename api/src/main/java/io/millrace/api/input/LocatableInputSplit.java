package io.millrace.api.input;

import java.util.Arrays;

/** A split that some hosts read faster than others. Immutable. */
public class LocatableInputSplit implements InputSplit {
    private static final long serialVersionUID = 1L;

    private final int splitNumber;
    private final String[] hostnames;

    /**
     * @param hostnames null for none
     */
    public LocatableInputSplit(int splitNumber, String[] hostnames) {
        this.splitNumber = splitNumber;
        this.hostnames = hostnames == null ? new String[0] : hostnames.clone();
    }

    public LocatableInputSplit(int splitNumber, String hostname) {
        this(splitNumber, hostname == null ? null : new String[] {hostname});
    }

    @Override
    public int getSplitNumber() {
        return splitNumber;
    }

    /** Where the data is; a copy. */
    public String[] getHostnames() {
        return hostnames.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LocatableInputSplit that
                && splitNumber == that.splitNumber
                && Arrays.equals(hostnames, that.hostnames);
    }

    @Override
    public int hashCode() {
        return splitNumber;
    }

    @Override
    public String toString() {
        return "split " + splitNumber + " at " + Arrays.toString(hostnames);
    }
}
