package io.millrace.yarn.submit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that submits, as a part of file names: so that a later one on the same host can tell
 * what a killed one has left. Immutable.
 */
record Submitter(String host, long processId) {
    private static final Pattern NAME = Pattern.compile("submitter-(.+)-(\\d+)");

    static Submitter ofThisProcess() {
        return new Submitter(localHost(), ProcessHandle.current().pid());
    }

    /** Name of the file that marks a staging directory as not submitted yet. */
    String markerName() {
        return "submitter-" + host + "-" + processId;
    }

    /** Name of a library archive while it is written. */
    String partName(String hash) {
        return hash + ".zip." + markerName();
    }

    /** Null if the name is not one of ours. */
    static Submitter parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.find() && matcher.end() == name.length()
                ? new Submitter(matcher.group(1), Long.parseLong(matcher.group(2)))
                : null;
    }

    /** Whether it is known to have ended: it ran on this host, and does not any more. */
    boolean hasEnded() {
        return host.equals(localHost())
                && ProcessHandle.of(processId).map(process -> !process.isAlive()).orElse(true);
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.]", "_");
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
