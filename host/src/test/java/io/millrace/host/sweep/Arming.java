package io.millrace.host.sweep;

import io.millrace.api.fault.FaultPoint;
import java.nio.file.Path;

/**
 * Which process comes to a point where something happens. Immutable.
 *
 * @param process its name
 * @param reached made by the process when it is there
 */
record Arming(String process, FaultPoint point, int passes, String how, Path reached) {
    /** Of an application to which nothing happens. */
    static final Arming NONE = new Arming("", null, 0, "", null);

    /** What {@link ProcessMain} is told. */
    String line() {
        return "ARM " + point + ":" + passes + " " + how + " " + reached;
    }
}
