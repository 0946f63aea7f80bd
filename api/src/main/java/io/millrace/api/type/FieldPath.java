package io.millrace.api.type;

/**
 * An expression that names fields: {@code a}, {@code a.b}, {@code *} and {@code _} for all.
 * Immutable.
 *
 * @param first the field of the outer type
 * @param rest what is inside it; null for the field itself
 */
record FieldPath(String first, String rest) {
    /**
     * @throws CompositeType.InvalidFieldReferenceException if it is no expression
     */
    static FieldPath parse(String expression) {
        int dot = expression.indexOf('.');
        String first = dot < 0 ? expression : expression.substring(0, dot);
        String rest = dot < 0 ? null : expression.substring(dot + 1);
        if (first.isEmpty() || rest != null && rest.isEmpty()) {
            throw new CompositeType.InvalidFieldReferenceException(
                    "Invalid field expression \"" + expression + "\".");
        }
        return new FieldPath(first, rest);
    }

    boolean isWildcard() {
        return rest == null && (first.equals("*") || first.equals("_"));
    }
}
