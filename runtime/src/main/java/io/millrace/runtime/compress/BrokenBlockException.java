package io.millrace.runtime.compress;

/** Bytes cannot be decompressed. Whoever reads them says where they are. */
public final class BrokenBlockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenBlockException(String what, Throwable cause) {
        super(what, cause);
    }
}
