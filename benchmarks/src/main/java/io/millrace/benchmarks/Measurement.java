package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of a program took. Immutable.
 *
 * @param run from 0; the first one pays for loading and compiling
 * @param processCpuMs of the process since it began
 */
record Measurement(int run, long wallMs, long cpuMs, long processCpuMs) {
    private static final Pattern LINE =
            Pattern.compile("MEASURED run=(\\d+) wallMs=(\\d+) cpuMs=(\\d+) processCpuMs=(\\d+)");

    /** The measurements in a program's output, in order. */
    static List<Measurement> parse(String output) {
        List<Measurement> found = new ArrayList<>();
        Matcher matcher = LINE.matcher(output);
        while (matcher.find()) {
            found.add(
                    new Measurement(
                            Integer.parseInt(matcher.group(1)),
                            Long.parseLong(matcher.group(2)),
                            Long.parseLong(matcher.group(3)),
                            Long.parseLong(matcher.group(4))));
        }
        return found;
    }
}
