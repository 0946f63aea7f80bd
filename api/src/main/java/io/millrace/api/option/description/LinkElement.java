package io.millrace.api.option.description;

import java.util.Objects;

/** A link to a page. Immutable. */
public class LinkElement implements InlineElement {
    private final String link;
    private final String text;

    private LinkElement(String link, String text) {
        this.link = Objects.requireNonNull(link);
        this.text = Objects.requireNonNull(text);
    }

    /**
     * @param text shown instead of the link
     */
    public static LinkElement link(String link, String text) {
        return new LinkElement(link, text);
    }

    public static LinkElement link(String link) {
        return new LinkElement(link, link);
    }

    public String getLink() {
        return link;
    }

    public String getText() {
        return text;
    }

    @Override
    public void format(Formatter formatter) {
        formatter.format(this);
    }
}
