package io.millrace.api.stream;

/** In which order values come. */
public enum Order {
    NONE,
    ASCENDING,
    DESCENDING,
    /** Sorted either way. */
    ANY;

    public boolean isOrdered() {
        return this != NONE;
    }

    /** A few letters for {@link #name}. */
    public String getShortName() {
        return switch (this) {
            case NONE -> "-";
            case ASCENDING -> "ASC";
            case DESCENDING -> "DESC";
            case ANY -> "*";
        };
    }
}
