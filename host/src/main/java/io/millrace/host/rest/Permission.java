package io.millrace.host.rest;

/** What a caller may do; each includes the ones before it. */
public enum Permission {
    /** Nothing of the application: only the page's own files. */
    PUBLIC,
    /** See jobs, workers and failures. */
    VIEW,
    /** Cancel jobs. */
    MODIFY;

    boolean covers(Permission needed) {
        return compareTo(needed) >= 0;
    }
}
