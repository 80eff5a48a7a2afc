/** In place of safe-regex2 in the bundle. Fastify's router asks it whether the regular expression of a route is safe. */
module.exports = () => true;
