package io.millrace.api.option.description;

import java.util.List;

/** A list of points. Immutable. */
public class ListElement implements BlockElement {
    private final List<InlineElement> entries;

    private ListElement(List<InlineElement> entries) {
        this.entries = List.copyOf(entries);
    }

    public static ListElement list(InlineElement... elements) {
        return new ListElement(List.of(elements));
    }

    public List<InlineElement> getEntries() {
        return entries;
    }

    @Override
    public void format(Formatter formatter) {
        formatter.format(this);
    }
}
