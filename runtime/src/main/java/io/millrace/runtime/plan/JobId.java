package io.millrace.runtime.plan;

import java.util.regex.Pattern;

/** Identifies a job: 32 lower-case hexadecimal digits. Immutable. */
public record JobId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public JobId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a job id: '" + hex + "'");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
