package io.millrace.yarn.claim;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A user's name for one piece of work: of all applications of one user with the same tag at most
 * one runs. Capitals do not count, as YARN does not keep them. Immutable.
 *
 * @param text 1 to {@value #MAX_CHARS} printable ASCII characters without a comma
 * @param once whether work that has succeeded is never done again
 */
public record RunTag(String text, boolean once) {
    /** The options that a tag comes from. */
    public static final String OPTION = "yarn.run-tag";

    public static final String ONCE_OPTION = "yarn.run-once";

    static final int MAX_CHARS = 96;

    /** So that a tag of this kind is never one of 'yarn.tags'. */
    private static final String PREFIX = "run:";

    public RunTag {
        if (text.isBlank()
                || text.length() > MAX_CHARS
                || !text.equals(text.strip())
                || text.chars().anyMatch(c -> c < ' ' || c > '~' || c == ',')) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the tag '"
                            + text
                            + "' is not 1 to "
                            + MAX_CHARS
                            + " printable ASCII characters without commas and without blanks at"
                            + " its ends, which is what YARN takes.");
        }
    }

    /** As YARN lists it. */
    public String yarnTag() {
        return PREFIX + text.toLowerCase(Locale.ROOT);
    }

    /** The tag of an application that has these tags in YARN; null if it was run without one. */
    public static String among(Iterable<String> yarnTags) {
        for (String tag : yarnTags) {
            if (tag.startsWith(PREFIX)) {
                return tag.substring(PREFIX.length());
            }
        }
        return null;
    }

    /** Name of a directory: any tag as characters that every file system takes. */
    String directoryName() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(yarnTag().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
