package io.millrace.savepoint.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What its owner has said of a savepoint. Immutable. Each mark is a small file beside the manifest,
 * so that it is there or not, whoever dies when; names of files say all, none is read:
 *
 * <pre>
 * &lt;manifest&gt;.pin            'prune' leaves the savepoint alone
 * &lt;manifest&gt;.tag-&lt;tag&gt;
 * </pre>
 *
 * @param tags in order
 */
public record Marks(boolean pinned, List<String> tags) {
    public static final Marks NONE = new Marks(false, List.of());

    private static final String PIN = ".pin";
    private static final String TAG = ".tag-";
    private static final String TAGS = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}";

    public Marks {
        tags = List.copyOf(new TreeSet<>(tags));
    }

    /**
     * @param manifest name of the manifest's file
     * @param beside names of the files in its directory
     */
    static Marks of(String manifest, Collection<String> beside) {
        String tag = manifest + TAG;
        return new Marks(
                beside.contains(pin(manifest)),
                beside.stream()
                        .filter(name -> name.startsWith(tag))
                        .map(name -> name.substring(tag.length()))
                        .filter(Marks::isTag)
                        .toList());
    }

    static String pin(String manifest) {
        return manifest + PIN;
    }

    static String tag(String manifest, String tag) {
        return manifest + TAG + tag;
    }

    /** Whether a file beside the manifest is a mark. */
    static boolean isMark(String manifest, String name) {
        return name.equals(pin(manifest)) || name.startsWith(manifest + TAG);
    }

    /** Letters of English, digits, {@code _}, {@code -} and {@code .}, 64 at most. */
    static boolean isTag(String tag) {
        return tag.matches(TAGS);
    }
}
